"""Who administers adds services and elected people, and ends an office; an official's desk says what waits for her."""

from datetime import date

import pytest
from django.test import Client

from courses import promised, whole_course
from democratic.communities.models import Official, Service
from democratic.kernel.clock import FixedClock
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from factories import NOW, clock_at, staff_account, verified_account


@pytest.fixture
def at(monkeypatch):
    def moved(moment):
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))

    moved(NOW)
    return moved


def signed_in(account):
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(account)
    return client


@pytest.fixture
def dominique(territory, at):
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    return signed_in(account)


def read(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_a_service_is_added(territory, dominique):
    said = {"name": "Direction des routes", "titular": str(territory.agent.person_id), "key": "a"}
    assert dominique.post("/bureau/services/nouveau", said).url == "/bureau/services"
    assert Service.objects.get(name="Direction des routes").titular == territory.agent.person
    again = dominique.post("/bureau/services/nouveau", {**said, "key": "b"})
    assert again.status_code == 409
    assert "Un service porte déjà ce nom ici." in again.content.decode()


def test_an_official_is_added_given_an_account_and_her_office_ended(territory, dominique):
    said = {"name": "Paul Aubry", "function": "maire", "key": "a"}
    assert dominique.post("/bureau/elus/nouveau", said).url == "/bureau/services"
    paul = Official.objects.get(name="Paul Aubry")
    page = read(dominique, "/bureau/services")
    assert f"/bureau/elus/{paul.pk}/compte" in page
    account = verified_account("paul@example.org", "Paul")
    give_role(person=account.person, role=Role.OFFICIAL, authority=territory.authority, clock=territory.clock)
    given = {"person": str(account.person_id), "key": "b"}
    assert dominique.post(f"/bureau/elus/{paul.pk}/compte", given).status_code == 302
    assert Official.objects.get(pk=paul.pk).person == account.person
    assert dominique.post(f"/bureau/elus/{paul.pk}/terminer", {"key": "c"}).status_code == 302
    assert "Paul Aubry" not in read(dominique, "/bureau/services")
    assert "N’est plus en fonction" in read(Client(), f"/elus/{paul.pk}")


def test_who_owes_an_answer_is_not_ended_and_the_page_says_why(territory, dominique):
    path = f"/bureau/elus/{territory.official.pk}/terminer"
    assert path not in read(dominique, "/bureau/services")
    answer = dominique.post(path, {"key": "a"})
    assert answer.status_code == 409
    assert "remettez-les d’abord" in answer.content.decode()


def test_agents_read_the_list_and_add_nothing(territory, at):
    client = signed_in(territory.agent)
    assert "/bureau/elus/nouveau" not in read(client, "/bureau/services")
    assert client.post("/bureau/elus/nouveau", {"name": "Moi", "function": "maire"}).status_code == 403


def test_an_account_that_is_not_an_official_s_is_not_offered(territory, dominique):
    said = {"name": "Paul", "function": "maire", "person": str(territory.citizen.person_id), "key": "a"}
    assert dominique.post("/bureau/elus/nouveau", said).status_code == 400
    assert not Official.objects.filter(name="Paul").exists()


def test_her_desk_says_what_is_late_and_what_is_due_in_her_name(territory, at):
    course = whole_course(territory)
    promised(territory, course.decision, title="Douze abris")
    client = signed_in(territory.elected)
    at(clock_at(date(2026, 8, 20)).moment)
    due = read(client, "/bureau")
    assert "Engagement dû : Douze abris" in due
    assert "Votre page publique" in due
    assert f"/elus/{territory.official.pk}" in due
    at(clock_at(date(2026, 12, 31)).moment)
    late = read(client, "/bureau")
    assert "Engagement en retard : Douze abris" in late
    assert "jours de retard · Service jeunesse" in late


def test_nothing_of_another_s_is_on_her_desk(territory, at):
    course = whole_course(territory)
    promised(territory, course.decision, title="Douze abris")
    other = staff_account("zoe@val-orbe.example", "Zoé")
    give_role(person=other.person, role=Role.OFFICIAL, authority=territory.authority, clock=territory.clock)
    Official.objects.create(authority=territory.authority, name="Zoé", function="maire", person=other.person)
    at(clock_at(date(2026, 12, 31)).moment)
    assert "Engagement en retard" not in read(signed_in(other), "/bureau")


def test_an_order_is_not_asked_for_while_nobody_could_answer_it(dominique, territory):
    """A new town hall is told what lacks before it types, and where to add it."""
    page = read(dominique, "/bureau/commandes/nouvelle")
    assert '<form class="form"' in page
    Official.objects.update(until=NOW.date())
    page = read(dominique, "/bureau/commandes/nouvelle")
    assert "une personne élue pour répondre" in page
    assert "un service pour tenir les dates" not in page
    assert "an elected person to answer" in read(dominique, "/en/bureau/commandes/nouvelle")
    assert '<form class="form"' not in page
    assert 'href="/bureau/services"' in page
    assert dominique.post("/bureau/commandes/nouvelle", {"title": "Bus"}).status_code == 200
