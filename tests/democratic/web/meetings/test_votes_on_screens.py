"""Votes of a meeting as people see, give, and run them: with a browser that knows no JavaScript."""

import csv
import io
import json
import re

import pytest
from django.core import signing
from django.test import Client

from civics.soundings.rankings import read_rankings
from democratic.communities.models import Organisation
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.models import TeamRole
from democratic.participation.meetings.running import close_meeting
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.counting import count_soundings
from democratic.participation.meetings.soundings.models import (
    Sounding,
    SoundingCount,
    SoundingKind,
    SoundingVoice,
)
from democratic.participation.meetings.soundings.results import results_of
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.people.models import Person
from democratic.thread.actions import give_role
from democratic.thread.models import Role
from democratic.web.guests import COOKIE, promise_of_guest
from democratic.web.meetings.votes.drawing import draw_votes
from factories import signed_in_at, staff_account
from in_a_meeting import in_team
from voting import HOURS, OPTIONS, TITLE, after, drafted_vote, meeting_under_way, open_vote, there, voiced

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def browser_of(person) -> Client:
    client = Client()
    client.cookies[COOKIE] = signing.dumps(str(person.pk), salt="democratic.guest")
    return client


def page_of(vote, client=None) -> str:
    response = (client or Client()).get(f"/votes-de-rencontre/{vote.record.code}")
    assert response.status_code == 200
    return response.content.decode()


def give(client, vote, *given, follow=True):
    url = f"/rencontres/{vote.meeting.record.code}/votes/{vote.record.code}"
    return client.post(url, {"given": given}, follow=follow, **HERE)


def test_one_taps_an_answer_reads_it_back_and_changes_it(territory):
    vote = open_vote(territory)
    [person] = there(vote.meeting, 1, territory.clock)
    client = browser_of(person)
    assert OPTIONS[1] in page_of(vote, client)
    told = give(client, vote, "2").content.decode()
    assert "Vous avez choisi" in told
    assert OPTIONS[1] in told
    give(client, vote, "3")
    assert [voice.given for voice in vote.voices.all()] == [[3]]


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        (SoundingKind.MULTIPLE, ["3", "1"], [1, 3]),
        (SoundingKind.RANKING, ["3", "", "1"], [3, 1]),
        (SoundingKind.SCALE, ["4"], [4]),
        (SoundingKind.CONSENT, ["2"], [2]),
        (SoundingKind.WORDS, ["Le bus", ""], ["Le bus"]),
    ],
)
def test_each_kind_has_its_form_and_keeps_what_was_given(territory, kind, given, kept):
    vote = open_vote(territory, kind=kind, most=5 if kind == SoundingKind.SCALE else 3)
    [person] = there(vote.meeting, 1, territory.clock)
    client = browser_of(person)
    assert 'name="given"' in page_of(vote, client)
    give(client, vote, *given)
    assert vote.voices.get().given == kept
    assert "Vous avez choisi" in page_of(vote, client)


def test_nonsense_is_refused_in_words_and_keeps_nothing(territory):
    vote = open_vote(territory)
    [person] = there(vote.meeting, 1, territory.clock)
    client = browser_of(person)
    for given in (["9"], ["x"], ["²"], ["1", "2"], []):
        refused = give(client, vote, *given)
        assert refused.status_code == 400, given
    assert not vote.voices.exists()


def test_who_has_not_joined_is_led_to_the_door_and_is_refused(territory):
    vote = open_vote(territory)
    assert "/entrer" in page_of(vote)
    refused = give(Client(), vote, "1")
    assert refused.status_code == 403
    assert "Rejoignez" in refused.content.decode()


def test_while_it_is_hidden_screens_say_how_many_and_nothing_else(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, *[1] * 7)
    for told in (draw_votes(vote.meeting), page_of(vote)):
        assert "7 avis reçus" in told
        assert "bar-row" not in told
    assert Client().get(f"/votes-de-rencontre/{vote.record.code}/compte.csv").status_code == 404


def test_once_closed_every_screen_tells_the_result_and_that_it_is_advisory(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, *[2] * 6, 1)
    close_sounding(sounding=vote, clock=territory.clock)
    for told in (draw_votes(vote.meeting), page_of(vote)):
        assert "6 voix sur 7" in told
        assert "7 participants volontaires, non représentatif" in told
        assert "bar-row" in told


def test_nothing_was_voted_and_nothing_is_drawn(territory):
    meeting = meeting_under_way(territory)
    drafted_vote(territory, meeting)
    assert draw_votes(meeting) == ""


@pytest.mark.parametrize("count", [1, 3])
def test_drawing_votes_asks_a_fixed_number_of_questions(territory, count, django_assert_num_queries):
    meeting = meeting_under_way(territory)
    for _each in range(count):
        vote = open_vote(territory, meeting)
        voiced(vote, territory.clock, *[1] * 6)
        close_sounding(sounding=vote, clock=territory.clock)
    with django_assert_num_queries(2):
        assert draw_votes(meeting).count("vote-result__finding") == count


def test_who_was_not_there_votes_later_in_two_taps_without_an_account(territory, client):
    vote = open_vote(territory)
    voiced(vote, territory.clock, *[1] * 6)
    close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2100-01-01T00:00:00Z")
    late = f"/rencontres/{vote.meeting.record.code}/differe"
    assert OPTIONS[2] in client.get(late).content.decode()
    told = client.post(
        f"/rencontres/{vote.meeting.record.code}/votes/{vote.record.code}", {"given": "3", "retour": late},
        follow=True, **HERE,
    )  # fmt: skip
    assert told.redirect_chain[-1][0] == late
    assert "Vous avez choisi" in told.content.decode()
    assert Attendance.objects.get(seat=Seat.LATER).person == vote.voices.get(seat="later").person


def test_whoever_votes_later_from_one_page_is_one_person_even_when_no_answer_reaches_her(territory, client):
    vote = open_vote(territory)
    voiced(vote, territory.clock, *[1] * 6)
    close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2100-01-01T00:00:00Z")
    page = client.get(f"/rencontres/{vote.meeting.record.code}/differe").content.decode()
    promise = re.search(r'name="guest" value="([^"]+)"', page)[1]
    action = f"/rencontres/{vote.meeting.record.code}/votes/{vote.record.code}"
    for choice in ("3", "3", "2"):  # each from a browser that was given no cookie
        Client().post(action, {"guest": promise, "given": choice}, **HERE)
    late = vote.voices.filter(seat="later")
    assert list(late.values_list("given", flat=True)) == [[2]]
    forged = Client().post(
        action, {"guest": promise[:-2] + ("BB" if promise.endswith("AA") else "AA"), "given": "1"}, **HERE
    )
    assert forged.status_code == 302
    assert late.count() == 2


def test_a_promise_of_someone_who_was_erased_is_nobody_s(territory):
    vote = open_vote(territory)
    close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2100-01-01T00:00:00Z")
    promise = promise_of_guest()
    action = f"/rencontres/{vote.meeting.record.code}/votes/{vote.record.code}"
    Client().post(action, {"guest": promise, "given": "1"}, **HERE)
    first = vote.voices.get().person
    Person.objects.filter(pk=first.pk).update(erased_on="2026-03-01")
    Client().post(action, {"guest": promise, "given": "2"}, **HERE)
    assert vote.voices.exclude(person=first).get().given == [2]


def test_who_voted_there_is_told_later_that_her_voice_counts_once(territory):
    vote = open_vote(territory)
    [person, *_others] = voiced(vote, territory.clock, *[1] * 6)
    close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2100-01-01T00:00:00Z")
    client = browser_of(person)
    told = client.get(f"/rencontres/{vote.meeting.record.code}/differe").content.decode()
    assert "votre voix est comptée, une fois" in told
    assert "Vous y étiez" in told
    assert "Vous n’y étiez pas" not in told
    assert 'name="given"' not in told
    assert give(client, vote, "2").status_code == 409


def test_after_the_last_moment_the_page_says_that_it_is_over(territory):
    vote = open_vote(territory)
    close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2026-03-02T00:00:00Z")
    refused = give(Client(), vote, "1")
    assert refused.status_code == 403 or "clos" in refused.content.decode()
    assert "sont terminés" in Client().get(f"/rencontres/{vote.meeting.record.code}/differe").content.decode()


def test_before_and_after_a_meeting_without_a_vote_the_page_says_so(territory):
    meeting = meeting_under_way(territory)
    late = f"/rencontres/{meeting.record.code}/differe"
    assert "Rien n’est encore à voter" in Client().get(late).content.decode()
    close_meeting(meeting_id=meeting.pk, clock=territory.clock)
    assert "Il n’y a pas eu de vote" in Client().get(late).content.decode()


def final(vote, territory) -> Sounding:
    close_sounding(sounding=vote, clock=territory.clock)
    count_soundings(after(territory.clock, HOURS).now())
    return Sounding.objects.prefetch_related("options").get(pk=vote.pk)


def test_figures_are_found_again_from_the_files(territory):
    vote = open_vote(territory, kind=SoundingKind.RANKING, most=3)
    voiced(vote, territory.clock, [1, 2, 3], [1, 3], [2, 1, 3], [3], [3, 2, 1])
    done = final(vote, territory)
    told = json.loads(Client().get(f"/votes-de-rencontre/{vote.record.code}/compte.json").content)
    voices = {}
    for group in told["groups"]:
        for said, n in group["counts"].items():
            order = tuple(map(int, said.split(">")))
            voices[order] = voices.get(order, 0) + n
    assert read_rankings((1, 2, 3), voices) == results_of(done).ranking
    raw = Client().get(f"/votes-de-rencontre/{vote.record.code}/compte.csv").content.decode().lstrip("\ufeff")
    lines = list(csv.reader(io.StringIO(raw), delimiter=";" if ";" in raw.splitlines()[0] else ","))
    assert sum(int(line[-1]) for line in lines[1:]) == told["total"] == 5
    assert OPTIONS[0] in raw


def test_what_moved_between_two_votes_is_on_the_second_ones_page(territory):
    meeting = meeting_under_way(territory)
    first = open_vote(territory, meeting)
    voiced(first, territory.clock, *[1] * 6)
    close_sounding(sounding=first, clock=territory.clock)
    second = open_vote(territory, meeting)
    Sounding.objects.filter(pk=second.pk).update(again_of=first)
    voiced(second, territory.clock, *[1] * 3, *[2] * 3)
    close_sounding(sounding=second, clock=territory.clock)
    told = page_of(second)
    assert "La même question, avant" in told
    assert "\N{MINUS SIGN}50" in told
    assert second.record.code in page_of(first)


@pytest.fixture
def agent(territory):
    client = Client()
    client.force_login(territory.agent)
    return client


def test_who_runs_it_prepares_opens_closes_and_asks_again(territory, agent):
    meeting = meeting_under_way(territory)
    run = f"/rencontres/{meeting.record.code}/direct/votes"
    assert "Aucun vote" in agent.get(run).content.decode()
    form = {"title": TITLE, "kind": "single", "options": "Oui\nNon", "most": "1", "key": "k"}
    assert agent.post(f"{run}/nouveau", form, **HERE).status_code == 302
    vote = Sounding.objects.get()
    one = f"{run}/{vote.record.code}"
    assert (
        agent.post(
            f"{one}/modifier", form | {"options": "Oui\nNon\nPlus tard", "key": "l"}, **HERE
        ).status_code
        == 302
    )
    agent.post(f"{one}/ouvrir", **HERE)
    assert agent.post(f"{one}/modifier", form | {"key": "m"}, **HERE).status_code == 409
    agent.post(f"{one}/fermer", **HERE)
    agent.post(f"{one}/encore", **HERE)
    again = Sounding.objects.get(again_of=vote)
    assert [option.label for option in again.options.all()] == ["Oui", "Non", "Plus tard"]
    agent.post(f"{run}/{again.record.code}/jeter", **HERE)
    assert Sounding.objects.count() == 1
    assert agent.post(f"{one}/inconnu", **HERE).status_code == 404


def test_a_round_of_consent_leads_to_an_amended_proposal(territory, agent):
    vote = open_vote(territory, kind=SoundingKind.CONSENT)
    voiced(vote, territory.clock, 1, 1, 1, 1, 3)
    close_sounding(sounding=vote, clock=territory.clock)
    assert "1 objection" in page_of(vote)
    one = f"/rencontres/{vote.meeting.record.code}/direct/votes/{vote.record.code}"
    amended = {"title": TITLE, "text": "Avec un arrêt de plus.", "key": "k"}
    assert agent.post(f"{one}/amender", amended, **HERE).status_code == 302
    again = Sounding.objects.get(again_of=vote)
    assert (again.kind, again.record.text) == ("consent", "Avec un arrêt de plus.")


def test_an_objection_in_words_is_tied_to_the_proposal(territory):
    vote = open_vote(territory, kind=SoundingKind.CONSENT)
    client = browser_of(there(vote.meeting, 1, territory.clock)[0])
    told = give(client, vote, "3").content.decode()
    wall = re.search(r'href="([^"]+\?objection=[^"#]+)#poser"', told)[1]
    asked = client.get(wall).content.decode()
    assert f'<a href="/votes-de-rencontre/{vote.record.code}">' in asked
    assert "Votre objection" in asked
    assert "Votre question" not in asked
    asked = {"age_band": "26_64", "title": "Le car passe trop tôt.", "key": "k"}
    page = client.post(wall, asked, follow=True, **HERE).content.decode()
    assert f'Une objection à\u00a0: <a href="/votes-de-rencontre/{vote.record.code}">' in page
    said = WallQuestion.objects.get()
    assert said.objects_to == vote
    assert list(said.record.links_out.values_list("kind", "target")) == [("contradicts", vote.pk)]
    assert "Le car passe trop tôt." in page_of(vote)


@pytest.mark.parametrize("named", ["ABC-DEF", "pas-un-code", "another", "no-round"])
def test_an_address_that_names_no_round_of_consent_here_asks_a_question_like_any_other(territory, named):
    vote = open_vote(territory, kind=SoundingKind.SINGLE)
    code = {"no-round": vote.record.code}.get(named, named)
    if named == "another":
        code = open_vote(territory, kind=SoundingKind.CONSENT).record.code
    client = browser_of(there(vote.meeting, 1, territory.clock)[0])
    asked = {"age_band": "26_64", "title": "Le car passe trop tôt.", "key": "k"}
    wall = f"/rencontres/{vote.meeting.record.code}/questions?objection={code}"
    assert client.post(wall, asked, **HERE).status_code == 302
    assert WallQuestion.objects.get().objects_to is None


def test_hands_are_entered_by_one_and_verified_by_another(territory, agent):
    vote = open_vote(territory)
    one = f"/rencontres/{vote.meeting.record.code}/direct/votes/{vote.record.code}"
    hands = {"n1": "20", "n2": "11", "n3": "", "key": "k"}
    assert agent.post(f"{one}/compter", hands | {"by": "hands"}, **HERE).status_code == 302
    count = SoundingCount.objects.get()
    check = f"{one}/comptages/{count.pk}"
    assert agent.post(f"{check}/verifier", hands | {"key": "l"}, **HERE).status_code == 403
    colleague, other = staff_account("collegue@val-orbe.example", "Samir"), Client()
    give_role(person=colleague.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    other.force_login(colleague)
    assert other.post(f"{check}/verifier", hands | {"n1": "19", "key": "m"}, **HERE).status_code == 409
    assert other.post(f"{check}/verifier", hands | {"key": "n"}, **HERE).status_code == 302
    agent.post(f"{check}/effacer", **HERE)
    close_sounding(sounding=vote, clock=territory.clock)
    assert "Mains levées" in page_of(vote)
    assert "20 voix sur 31" in page_of(vote)


@pytest.mark.parametrize("page", ["", "/nouveau", "/{vote}/modifier", "/{vote}/amender", "/{vote}/compter"])
def test_pages_of_who_runs_it_are_not_there_for_others(territory, page):
    vote = open_vote(territory, kind=SoundingKind.CONSENT)
    url = f"/rencontres/{vote.meeting.record.code}/direct/votes{page.format(vote=vote.record.code)}"
    citizen = Client()
    citizen.force_login(territory.citizen)
    assert citizen.get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_who_works_here_proves_it_each_day_and_a_forum_s_own_facilitator_is_asked_for_nothing_of_the_desk(
    territory, agent
):
    """She signs in, and has no role of the authority: a factor or a proof of the day would lock her out of her own votes."""
    meeting = meeting_under_way(territory)
    in_team(meeting, territory.citizen.person, TeamRole.FACILITATES)
    run = f"/rencontres/{meeting.record.code}/direct/votes"
    for account, status in ((territory.citizen, 200), (territory.agent, 302)):
        client = Client()
        client.force_login(account)
        signed_in_at(client, account, 0)
        assert client.get(run).status_code == status


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_who_runs_it_asks_a_fixed_number_of_questions(
    territory, agent, count, django_assert_max_num_queries
):
    meeting = meeting_under_way(territory)
    for _each in range(count):
        vote = open_vote(territory, meeting)
        SoundingCount.objects.create(
            sounding=vote, by="hands", counts={"1": 2}, total=2, entered_at=territory.clock.now()
        )
    agent.get(f"/rencontres/{meeting.record.code}/direct/votes")
    with django_assert_max_num_queries(14):
        told = agent.get(f"/rencontres/{meeting.record.code}/direct/votes").content.decode()
    assert told.count("vote-runs__state") == count


def test_a_vote_says_that_it_decides_only_when_a_body_s_charter_does(territory, agent):
    meeting = meeting_under_way(territory)
    new = f"/rencontres/{meeting.record.code}/direct/votes/nouveau"
    assert "is_binding" not in agent.get(new).content.decode()
    assert not Organisation.objects.exists()
    assert not SoundingVoice.objects.exists()


def test_who_objects_is_led_to_the_wall_and_what_she_says_there_is_on_the_votes_page(territory):
    vote = open_vote(territory, kind=SoundingKind.CONSENT)
    [person] = voiced(vote, territory.clock, 3)
    assert f"/questions?objection={vote.record.code}" in page_of(vote, browser_of(person))
    assert "objection=" not in page_of(vote)
    said = territory.say("Le chemin est inondable.").idea.record
    WallQuestion.objects.create(record=said, meeting=vote.meeting, objects_to=vote)
    assert "Le chemin est inondable" in page_of(vote)


@pytest.mark.parametrize("count", [1, 3])
def test_voting_later_asks_a_fixed_number_of_questions(
    territory, client, count, django_assert_max_num_queries
):
    meeting = meeting_under_way(territory)
    for _each in range(count):
        vote = open_vote(territory, meeting, kind=SoundingKind.CONSENT)
        voiced(vote, territory.clock, *[1] * 6)
        close_sounding(sounding=vote, clock=territory.clock)
    Sounding.objects.update(later_until="2100-01-01T00:00:00Z")
    client.get(f"/rencontres/{meeting.record.code}/differe")
    with django_assert_max_num_queries(9):
        told = client.get(f"/rencontres/{meeting.record.code}/differe").content.decode()
    assert told.count("vote-form--consent") == count
