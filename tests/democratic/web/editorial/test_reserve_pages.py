"""The journey of a reserve: planned at the desk, seen beforehand, opened and closed by the clock, excepted in public."""

from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from courses import whole_course
from democratic.communities.reserve.models import ElectionReserve, ReserveException
from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.actions import give_role
from democratic.thread.models import Entry, Role
from factories import clock_at, staff_account

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
NAME = "Odile Vasseur-Thiry"
SAID = "Vous avez dit, nous avons fait"
VOTE, OPENS, CLOSES = date(2028, 3, 12), date(2027, 9, 1), date(2028, 3, 19)


@pytest.fixture
def at(monkeypatch):
    def on(day, hour=10):
        caches["fragments"].clear()  # as the next quarter of an hour does: see kernel.pages.Stamp
        monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", clock_at(day, hour))

    return on


@pytest.fixture
def administrator(territory):
    account = staff_account("admin@val-orbe.example", "Max")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    client = Client()
    client.force_login(account)
    return client


def send(client, path, body, status=302):
    answer = client.post(path, body, **HERE)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def text(client, path="/"):
    return client.get(path).content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def planned(administrator):
    send(
        administrator,
        "/bureau/reserve/nouvelle",
        {"election": "élections départementales", "votes_on": "2028-03-12"},
    )
    return ElectionReserve.objects.get()


def test_home_changes_at_the_first_minute_and_comes_back_after_the_last(territory, administrator, client, at):
    whole_course(territory)
    at(date(2027, 3, 1))
    planned(administrator)
    before = text(client)
    assert (SAID in before, NAME in before) == (True, True)
    at(date(2027, 8, 31), 21)  # 23:00 in Paris
    assert SAID in text(client)
    at(date(2027, 8, 31), 22)  # midnight in Paris: the first of September
    during = text(client)
    assert (SAID in during, NAME in during) == (False, False)
    assert "Période de réserve électorale, jusqu’au 19 mars 2028" in during
    at(date(2028, 3, 19), 22)  # 23:00 in Paris, in winter
    assert SAID not in text(client)
    at(date(2028, 3, 19), 23)  # midnight
    assert SAID in text(client)


def test_what_is_late_stays_at_home_and_what_is_kept_leaves_it(territory, administrator, client, at):
    course = whole_course(territory)
    at(date(2027, 3, 1))
    planned(administrator)
    late = course.commitments[0].record
    Obligation.objects.filter(record=late, owed=Owed.COMMITMENT).update(met_on=None, ended_on=None)
    at(OPENS)
    during = text(client)
    assert "en retard" in during
    assert late.title in during.replace("\u202f", " ")
    assert "Annoncé tenu" not in during
    assert 'class="tally' not in during or "tenus" not in during
    assert text(client, f"/engagements/{late.code}").count("<h1") == 1  # and its page is where it was


def test_an_earlier_page_stays_at_its_address_during_a_reserve(territory, administrator, client, at):
    whole_course(territory)
    at(date(2027, 3, 1))
    planned(administrator)
    pages = ("/engagements", "/elus", "/concertations/bouger/bilan", "/participer")
    before = [client.get(path).status_code for path in pages]
    at(OPENS)
    assert [client.get(path).status_code for path in pages] == before == [200] * 4


def test_an_exception_is_public_with_its_reason_and_keeps_what_it_says(territory, administrator, client, at):
    whole_course(territory)
    at(date(2027, 3, 1))
    reserve = planned(administrator)
    at(OPENS)
    path = f"/bureau/reserve/{reserve.pk}/exception"
    send(administrator, path, {"keeps": "said", "reason": ""}, 400)
    why = "Ce bloc existe depuis 2024, chaque semaine, sans nommer personne."
    send(administrator, path, {"keeps": "said", "reason": why})
    during = text(client)
    assert (SAID in during, NAME in during) == (True, False)  # names are another matter
    for page in (text(client, "/periode-de-reserve"), text(administrator, "/bureau/reserve")):
        assert why in page
    assert Entry.objects.filter(kind="reserve_exception_made").count() == 1
    send(administrator, f"/bureau/reserve/exceptions/{ReserveException.objects.get().pk}/terminer", {})
    assert SAID not in text(client)
    assert why in text(client, "/periode-de-reserve")  # over, and still told


def test_the_desk_shows_beforehand_what_a_visitor_will_see(territory, administrator, client, at):
    whole_course(territory)
    at(date(2027, 3, 1))
    reserve = planned(administrator)
    seen = text(administrator, f"/bureau/reserve/{reserve.pk}/apercu")
    assert ("Rien n’a changé pour personne" in seen, SAID in seen, NAME in seen) == (True, False, False)
    assert SAID in text(client)


def test_agents_read_and_administrators_alone_decide(territory, administrator, at):
    at(date(2027, 3, 1))
    reserve = planned(administrator)
    agent = Client()
    agent.force_login(territory.agent)
    assert agent.get("/bureau/reserve").status_code == 200
    assert agent.get("/bureau/reserve/nouvelle").status_code == 403
    send(agent, f"/bureau/reserve/{reserve.pk}/exception", {"keeps": "said", "reason": "x"}, 403)
    assert not ReserveException.objects.exists()


def test_a_form_sent_twice_plans_one_reserve(administrator, at):
    at(date(2027, 3, 1))
    body = {"election": "élections départementales", "votes_on": "2028-03-12", "key": "b" * 32}
    for _twice in range(2):
        send(administrator, "/bureau/reserve/nouvelle", body)
    assert ElectionReserve.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_asks_a_fixed_number_of_questions(
    territory, client, count, django_assert_max_num_queries
):
    for n in range(count):
        ElectionReserve.objects.create(
            authority=territory.authority, election=f"{n}", votes_on=VOTE + timedelta(days=n), opens_on=OPENS,
            closes_on=CLOSES,
        )  # fmt: skip
    client.get("/mentions-legales")
    with django_assert_max_num_queries(4):
        page = text(client, "/periode-de-reserve")
    assert page.count('class="panel"') == count
