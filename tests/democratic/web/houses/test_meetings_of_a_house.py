"""A body's own meetings: who reads them, who runs them by her role of the day, and that a code opens nothing more."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from at_home import at_home
from democratic.communities.houses.actions import give_role_in_turn, make_code
from democratic.communities.houses.models import Role
from democratic.communities.organisations.actions import end_membership
from democratic.kernel.pages import stamp_of
from democratic.participation.houses.actions import convene_meeting
from democratic.participation.meetings.actions import Moment
from democratic.participation.meetings.minutes.actions import start_minutes
from democratic.participation.meetings.models import Meeting, TeamRole
from democratic.participation.meetings.rules import can_aid, can_facilitate, function_of, roles_in
from democratic.participation.meetings.running import close_meeting, open_meeting
from democratic.participation.meetings.states import MeetingState
from democratic.thread.actions import Words
from democratic.thread.models import Opening
from factories import verified_account

FORM = {
    "title": "Séance",
    "on": "2026-03-04",
    "starts": "18:00",
    "ends": "19:30",
    "place": "Mairie",
    "key": "k",
}


@pytest.fixture
def home(territory, monkeypatch):
    made = at_home(territory)
    made.charter(role_months=2)
    monkeypatch.setattr("democratic.kernel.clock.DatabaseClock.stands_at", territory.clock.now())
    return made


@pytest.fixture
def meeting(home):
    return convened(home)


def convened(home, **more) -> Meeting:
    now = home.territory.clock.now()
    moment = Moment(now - timedelta(minutes=5), now + timedelta(hours=2), "Salle du forum")
    words = Words(title="Réunion de mars")
    return convene_meeting(house=home.house, words=words, moment=moment, clock=home.territory.clock, **more)


def as_account(account) -> Client:
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.force_login(account)
    return client


def path(meeting, page="") -> str:
    return f"/rencontres/{meeting.record.code}{page}"


def test_members_alone_read_the_meeting_of_young_people(home, meeting):
    member, stranger = (
        as_account(home.accounts[0]),
        as_account(verified_account("eve@val-orbe.example", "Ève")),
    )
    listed = member.get(f"{home.path}/ordre-du-jour").content.decode()
    assert path(meeting) in listed
    assert "réservée aux membres" in listed
    for page in ("", "/direct", "/questions"):
        assert member.get(path(meeting, page)).status_code == 200, page
        for other in (stranger, Client()):  # after a member read it: nothing of it is in a store
            assert other.get(path(meeting, page)).status_code == 404, page
    assert "Salle du forum" in member.get(path(meeting)).content.decode()
    links = re.findall(
        r'href="(/[^"#]+)"',
        member.get(path(meeting)).content.decode().partition("<main")[2].partition("</main>")[0],
    )
    assert {each: member.get(each).status_code for each in links} == dict.fromkeys(links, 200)
    assert path(meeting) not in Client().get("/agenda").content.decode()


def test_its_six_digits_say_nothing_to_a_stranger(home, meeting):
    open_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    code = Meeting.objects.get(pk=meeting.pk).join_code
    assert as_account(home.accounts[0]).get(f"/entrer/{code}").status_code == 200
    refused = Client().get(f"/entrer/{code}")
    assert refused.status_code == 404
    assert "Salle du forum" not in refused.content.decode()
    assert Client().post(f"/entrer/{code}", {"seat": "room"}).status_code in (403, 404)


def test_who_holds_the_role_runs_the_meeting_until_the_role_ends(home, meeting):
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=home.territory.clock)
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    first, second, third = (as_account(account) for account in home.accounts[:3])
    assert path(meeting, "/direct/animer") in first.get(f"{home.path}/ordre-du-jour").content.decode()
    assert path(meeting, "/direct/animer") not in third.get(f"{home.path}/ordre-du-jour").content.decode()
    assert first.get(path(meeting, "/direct/animer")).status_code == 200
    assert (
        second.post(path(meeting, "/direct/animer/ouvrir")).status_code == 404
    )  # she writes, and opens nothing
    assert third.get(path(meeting, "/direct/animer")).status_code == 404
    assert first.post(path(meeting, "/direct/animer/ouvrir")).status_code == 302
    meeting.record.refresh_from_db()
    assert meeting.record.state == MeetingState.LIVE
    words = Opening.objects.filter(entry__record=meeting.record).values_list("value", flat=True)
    assert words
    assert not any("Inès" in str(each) for each in words)


def test_rights_at_home_come_and_go_by_the_day(home, meeting, monkeypatch):
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=home.territory.clock)
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    first, second = (home.territory.viewer(account.person) for account in home.accounts[:2])
    assert roles_in(first, meeting) == {TeamRole.FACILITATES}
    assert function_of(first, meeting) == "membre du conseil"
    assert roles_in(second, meeting) == {TeamRole.WRITES}
    assert roles_in(home.territory.viewer(home.accounts[2].person), meeting) == frozenset()
    later = home.territory.clock.now() + timedelta(days=60)
    monkeypatch.setattr("democratic.kernel.clock.DatabaseClock.stands_at", later)
    assert roles_in(first, meeting) == roles_in(second, meeting) == frozenset()


@pytest.mark.parametrize("kept", [True, False])
def test_a_body_of_grown_ups_keeps_a_meeting_to_itself_or_not(territory, monkeypatch, kept):
    monkeypatch.setattr("democratic.kernel.clock.DatabaseClock.stands_at", territory.clock.now())
    home = at_home(territory, ("Ana", "Bo", "Cé", "Dan", "Eli"), is_youth=False)
    home.charter()
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=territory.clock)
    ana = as_account(home.accounts[0])
    page = f"{home.path}/ordre-du-jour/rencontre"
    assert "Réservée aux membres du conseil" in ana.get(page).content.decode()
    assert ana.post(page, FORM | ({"is_for_members": "on"} if kept else {})).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.record.audience.is_public is not kept
    assert Client().get(path(meeting)).status_code == (404 if kept else 200)
    assert ana.get(path(meeting)).status_code == 200


def test_young_people_are_not_asked_who_may_come(home):
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=home.territory.clock)
    first = as_account(home.accounts[0])
    assert "Réservée aux membres" not in first.get(f"{home.path}/ordre-du-jour/rencontre").content.decode()
    assert first.post(f"{home.path}/ordre-du-jour/rencontre", FORM).status_code == 302
    assert not Meeting.objects.get().record.audience.is_public


def test_what_members_keep_to_themselves_is_shut_to_the_adult_who_helps(home, meeting):
    helper = as_account(home.territory.agent)
    assert path(meeting) not in helper.get(f"{home.path}/ordre-du-jour").content.decode()
    for page in ("", "/direct", "/direct/animer"):
        assert helper.get(path(meeting, page)).status_code == 404, page


def test_what_follows_a_meeting_of_members_is_read_by_them_alone(home, meeting):
    open_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    close_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    start_minutes(meeting=Meeting.objects.get(pk=meeting.pk), clock=home.territory.clock)
    member, stranger = as_account(home.accounts[0]), as_account(home.territory.citizen)
    for page in ("/rattrapage", "/transcription"):
        assert member.get(path(meeting, page)).status_code == 200, page
        for other in (stranger, Client()):
            assert other.get(path(meeting, page)).status_code == 404, page


def test_a_role_at_home_never_speaks_in_the_authority_s_name(home, meeting):
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=home.territory.clock)
    open_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    first = as_account(home.accounts[0])
    viewer = home.territory.viewer(home.accounts[0].person)
    assert can_facilitate(viewer, meeting)
    assert not can_aid(viewer, meeting)
    leading = first.get(path(meeting, "/direct/animer")).content.decode()
    assert "/direct/repondre" not in leading
    assert "/direct/repondre" not in first.get(path(meeting, "/direct/questions")).content.decode()
    assert first.get(path(meeting, "/direct/repondre")).status_code == 404
    assert first.post(path(meeting, "/direct/questions/clore"), {"key": "k"}).status_code == 404


def test_whoever_takes_the_notes_is_told_what_the_team_is(home, meeting):
    give_role_in_turn(house=home.house, role=Role.FACILITATES, clock=home.territory.clock)
    give_role_in_turn(house=home.house, role=Role.WRITES, clock=home.territory.clock)
    open_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    asked = path(meeting, "/depuis?apres=0&pour=equipe")
    second, third = (as_account(account) for account in home.accounts[1:3])
    assert second.get(path(meeting, "/direct/animer")).status_code == 200
    assert second.get(asked).status_code == 200
    assert third.get(asked).status_code == 404


def test_the_desk_does_not_say_where_young_people_meet(home, meeting):
    agent = as_account(home.territory.agent)  # she helps in the house, and is none of its members
    assert meeting.record.code not in agent.get("/bureau/rencontres").content.decode()
    assert agent.get(f"/bureau/rencontres/{meeting.record.code}").status_code == 404


def test_who_leaves_hears_no_more_of_what_runs(home, meeting):
    open_meeting(meeting_id=meeting.pk, clock=home.territory.clock)
    before = stamp_of(meeting.pk).version
    membership = home.members[1].membership
    end_membership(membership=membership, clock=home.territory.clock)
    assert stamp_of(meeting.pk).version != before
    assert as_account(home.accounts[1]).get(path(meeting, "/direct")).status_code == 404


def test_who_helps_gives_herself_no_vote(home):
    made = make_code(house=home.house, uses=3, days=2, label="", by=None, clock=home.territory.clock)
    agent = as_account(home.territory.agent)
    refused = agent.post("/conseils/rejoindre", {"code": made.secret, "name": "Moi", "key": "k"})
    assert refused.status_code == 409
    assert not home.house.organisation.memberships.filter(person=home.territory.agent.person).exists()
