"""A child asks, her parent answers, she confirms: three pages, and a way out on each of the last two."""

import re

import pytest
from django.test import Client

from democratic.communities.models import JointAgreement
from democratic.kernel.clock import FixedClock
from democratic.messaging.delivery import deliver
from democratic.people.models import AgeBand, ContactAddress, Person
from democratic.thread.models import Follow, Record

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PARENT, CHILD = "parent@example.org", "lea@example.org"


@pytest.fixture(autouse=True)
def _now(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(territory.clock.moment))


@pytest.fixture
def lea(territory):
    client = Client()
    client.post("/concertations/bouger/dire", {"key": "a", "text": "Un bus.", "age_band": "under_15"}, **HERE)
    return client


@pytest.fixture
def asking(lea):
    return f"/accord/demander/{Record.objects.get(kind='idea').code}"


def path_in(mail):
    return re.search(r"https?://[^/]+(/accord/parent/\S+)", mail.body)[1]


@pytest.fixture
def both(lea, asking, mailoutbox):
    """(the child's page, the parent's page), once asked."""
    page = lea.post(asking, {"key": "b", "email": PARENT}, **HERE).url
    deliver()
    return page, path_in(mailoutbox[0])


def agree(path, **more):
    said = {"key": "c", "turns_15_on": "2027-03-01", "agrees": "on"} | more
    return Client().post(path, said, **HERE)


def test_the_receipt_of_a_child_offers_to_ask_a_parent(territory):
    client = Client()
    said = {"key": "a", "text": "Un bus.", "age_band": "under_15"}
    answer = client.post("/concertations/bouger/dire", said, follow=True, **HERE)
    assert "/accord/demander/" in answer.content.decode()
    said |= {"key": "z", "age_band": AgeBand.ADULT.value}
    grown = Client().post("/concertations/bouger/dire", said, follow=True, **HERE)
    assert "/accord/demander/" not in grown.content.decode()


def test_from_asking_to_being_told_and_back(territory, lea, both, mailoutbox):
    child_page, parent_page = both
    assert "Un message est parti" in lea.get(child_page).content.decode()
    shown = Client().get(parent_page).content.decode()
    for promised in ("Ni nom, ni photo, ni lieu", "Je suis parent de cet enfant", "Un bus."):
        assert promised in shown
    assert agree(parent_page).url == parent_page
    assert not ContactAddress.objects.filter(email=CHILD).exists()
    assert "Votre parent a dit oui" in lea.get(child_page).content.decode()
    assert lea.post(child_page, {"key": "d", "email": CHILD}, **HERE).status_code == 302
    deliver()
    assert mailoutbox[-1].to == [CHILD]
    child = Person.objects.get(age_band=AgeBand.UNDER_15)
    assert Follow.objects.filter(person=child).count() == 1
    ended = Client().post(parent_page, {"acte": "retirer"}, **HERE)
    assert "C’est retiré" in ended.content.decode()
    assert not ContactAddress.objects.exists()
    assert not Follow.objects.exists()
    assert lea.get(child_page).status_code == Client().get(parent_page).status_code == 404


def test_the_child_takes_it_back_from_any_browser_that_has_her_link(both):
    child_page, parent_page = both
    agree(parent_page)
    Client().post(child_page, {"acte": "retirer"}, **HERE)
    assert not JointAgreement.objects.exists()


def test_reading_a_link_agrees_to_nothing(both):
    _child_page, parent_page = both
    for method in ("get", "head"):
        getattr(Client(), method)(parent_page)
    assert JointAgreement.objects.get().agreed_at is None


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"agrees": ""}, 400, "Cochez cette case"),
        ({"turns_15_on": ""}, 400, "Donnez le jour de ses 15 ans"),
        ({"turns_15_on": "bientôt"}, 400, "Donnez une date"),
        ({"turns_15_on": "2020-01-01"}, 400, "décide sans vous"),
    ],
)
def test_a_form_sent_by_mistake_agrees_to_nothing_and_says_why(both, more, status, told):
    answer = agree(both[1], **more)
    assert answer.status_code == status
    assert told in answer.content.decode()
    assert JointAgreement.objects.get().agreed_at is None


def test_a_known_and_an_unknown_address_are_answered_alike(territory, lea, asking):
    answers = []
    for key, email in (("k1", territory.citizen.email), ("k2", "inconnue@example.org")):
        answer = lea.post(asking, {"key": key, "email": email}, **HERE)
        page = lea.get(answer.url).content.decode()
        answers.append((answer.status_code, re.sub(r"/accord/\S+", "", page)))
    assert answers[0] == answers[1]


def test_a_mailbox_is_not_filled_from_here(lea, asking):
    tries = [lea.post(asking, {"key": f"t{n}", "email": PARENT}, **HERE).status_code for n in range(4)]
    assert tries == [302, 302, 302, 429]


def test_no_public_page_says_that_a_child_agreed(lea, both):
    agree(both[1])
    record = Record.objects.get(kind="idea")
    for path in (f"/idees/{record.code}", f"/{record.code}", "/journal", "/concertations/bouger/idees"):
        page = Client().get(path, follow=True).content.decode()
        assert "accord/parent" not in page
        assert "accord/enfant" not in page
        assert PARENT not in page


def test_these_pages_are_kept_by_no_cache_and_ask_a_fixed_number_of_questions(
    both, django_assert_max_num_queries
):
    for path in both:
        Client().get(path)
        with django_assert_max_num_queries(12):
            answer = Client().get(path)
        assert "no-store" in answer.headers["Cache-Control"]


def test_who_has_an_account_asks_no_parent(territory, asking, client):
    client.force_login(territory.citizen)
    assert client.get(asking).status_code == 404
