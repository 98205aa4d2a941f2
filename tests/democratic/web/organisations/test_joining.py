"""A link given by hand: it says what it is, makes one member, and is dead after that or after fourteen days."""

from datetime import timedelta

import pytest

from bodies import EDITOR, MEMBER, association
from democratic.communities.models import Membership
from democratic.communities.organisations.actions import make_join_link
from democratic.kernel.clock import FixedClock
from democratic.kernel.limits import Limit
from democratic.thread.actions import withdraw_by_authority
from democratic.web import handed
from democratic.web.organisations import joining
from factories import NOW, PASSWORD, build_territory


@pytest.fixture
def link(club):
    def made(place=MEMBER):
        given = make_join_link(
            organisation=club.organisation, place=place, by=club.keeper.person, clock=club.territory.clock
        )
        return f"/rejoindre/{given.secret}"

    return made


def test_it_says_what_it_is_and_asks_to_sign_in_and_comes_back(club, browser, link, words):
    path, client = link(), browser()
    page = client.get(path)
    assert "Rejoindre Vélos du Val" in words(page)
    assert f"/connexion?next={path}" in page.content.decode()
    assert client.post(path).url == f"/connexion?next={path}"
    citizen = club.territory.citizen
    signed = client.post(f"/connexion?next={path}", {"login": citizen.email, "password": PASSWORD})
    assert signed.url == path
    assert client.post(path).url == f"{club.path}/membres"
    assert club.membership(citizen).place == MEMBER


def test_it_serves_once(club, browser, link, words):
    path = link()
    assert browser(club.territory.citizen).post(path).status_code == 302
    for client in (browser(), browser(club.territory.agent)):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Ce lien ne sert plus" in words(answer)


@pytest.mark.parametrize("why", ["old", "unknown", "withdrawn", "elsewhere"])
def test_a_dead_link_is_told_calmly_and_always_alike(club, browser, link, words, at, why):
    path, headers = link(), {}
    if why == "old":
        at(NOW + timedelta(days=14))
    elif why == "unknown":
        path = "/rejoindre/34679-ACDEF-GHJKM"
    elif why == "withdrawn":
        withdraw_by_authority(
            record=club.organisation.record, reason="Dissoute.", function="f", clock=club.territory.clock
        )
    else:
        build_territory(slug="voisin", host="voisin.example")
        headers = {"host": "voisin.example"}
    answer = browser(club.territory.citizen).post(path, headers=headers)
    assert answer.status_code in (404, 302)
    assert answer.status_code == 404 or "/connexion" in answer.url or why == "elsewhere"
    assert not Membership.objects.filter(person=club.territory.citizen.person).exists()
    if answer.status_code == 404:
        assert "Demandez-en un autre" in words(answer)


def test_who_is_a_member_already_takes_the_wider_place(club, browser, link):
    assert browser(club.member).post(link(EDITOR)).status_code == 302
    assert club.membership(club.member).place == EDITOR
    assert Membership.objects.filter(person=club.member.person).count() == 1


def test_two_who_hold_the_same_link_make_one_member(club, browser, link, monkeypatch, words):
    """The second tapped before the first was done: refused in words, and nothing is written."""
    path = link()
    held = joining.open_link(club.territory.authority, path.split("/")[-1], NOW)
    browser(club.territory.citizen).post(path)
    monkeypatch.setattr(joining, "open_link", lambda *_: held)
    late = browser(club.territory.agent).post(path)
    assert late.status_code == 409
    assert "Ce lien n’est plus valable" in words(late)


def test_guessing_is_slowed_down(club, browser, monkeypatch, words):
    monkeypatch.setattr(handed, "TRIES", Limit("links-of-network", 3, 600))
    client = browser()
    statuses = [client.get("/rejoindre/34679-ACDEF-GHJKM").status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]


def test_it_is_in_english_too(club, browser, link, words):
    assert "Join Vélos du Val" in words(browser().get(f"/en{link()}"))


@pytest.mark.parametrize("days", [13, 14])
def test_the_day_of_its_end_is_the_fourteenth(territory, at, browser, days):
    club = association(territory)
    given = make_join_link(organisation=club.organisation, place=MEMBER, by=None, clock=FixedClock(NOW))
    at(NOW + timedelta(days=days))
    assert browser().get(f"/rejoindre/{given.secret}").status_code == (200 if days == 13 else 404)
