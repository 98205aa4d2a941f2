"""One voice a person, whoever taps how often, from wherever she sits."""

import pytest

from at_home import at_home
from democratic.communities.models import Membership
from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.live.models import LiveTouch
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.absent import come_later
from democratic.participation.meetings.soundings.closing import close_sounding, close_soundings
from democratic.participation.meetings.soundings.models import SoundingKind, SoundingVoice
from democratic.participation.meetings.soundings.rules import (
    AlreadyCounted,
    NotAMember,
    NotHere,
    SoundingClosed,
)
from democratic.participation.meetings.soundings.voting import GivenVoice, Outcome, give_voice, give_voices
from democratic.people.actions import claim_person, welcome_guest
from democratic.thread.actions import withdraw_by_authority
from voting import HOURS, after, drafted_vote, meeting_under_way, open_vote, there, voiced


def said(sounding):
    return sorted((voice.seat, voice.given) for voice in SoundingVoice.objects.filter(sounding=sounding))


def test_a_double_tap_is_one_voice_and_another_tap_replaces_it(territory):
    vote = open_vote(territory)
    [person] = there(vote.meeting, 1, territory.clock)
    for rank in (1, 1, 3):
        give_voice(sounding=vote, given=[rank], person=person, clock=territory.clock)
    assert said(vote) == [("room", [3])]


def test_in_a_batch_the_last_right_voice_of_a_person_wins_and_refused_ones_stop_nobody(territory):
    vote = open_vote(territory)
    hers, other = there(vote.meeting, 2, territory.clock)
    stranger = welcome_guest()
    batch = [
        GivenVoice(vote.pk, hers.pk, [1]),
        GivenVoice(vote.pk, stranger.pk, [1]),
        GivenVoice(vote.pk, hers.pk, [2]),
        GivenVoice(vote.pk, other.pk, [9]),
        GivenVoice(vote.pk, hers.pk, [4]),
        GivenVoice(hers.pk, hers.pk, [1]),
    ]
    outcomes = give_voices(batch, clock=territory.clock)
    assert outcomes == [
        Outcome(), Outcome("not_here"), Outcome(), Outcome("not_proposed"), Outcome("not_proposed"), Outcome("unknown")
    ]  # fmt: skip
    assert said(vote) == [("room", [2])]


def test_what_decides_for_a_body_is_voted_by_its_members_alone_and_only_where_their_charter_says_so(
    territory,
):
    home = at_home(territory)
    meeting = meeting_under_way(territory)
    Meeting.objects.filter(pk=meeting.pk).update(body=home.house.organisation)
    meeting.refresh_from_db()
    with pytest.raises(Refusal, match="aucune charte"):
        drafted_vote(territory, meeting, is_binding=True)
    home.charter(votes_bind=True)
    vote = open_vote(territory, meeting, is_binding=True)
    [stranger] = there(meeting, 1, territory.clock)
    member, gone = home.accounts[0].person, home.accounts[1].person
    Membership.objects.filter(person=gone).update(until=territory.clock.now().date())
    for person in (member, gone):
        Attendance.objects.create(
            meeting=meeting, person=person, seat=Seat.ROOM, joined_at=territory.clock.now()
        )
    batch = [GivenVoice(vote.pk, person.pk, [1]) for person in (stranger, gone, member)]
    assert give_voices(batch, clock=territory.clock) == [
        Outcome("not_member"),
        Outcome("not_member"),
        Outcome(),
    ]
    with pytest.raises(NotAMember, match="seuls ses membres"):
        give_voice(sounding=vote, given=[1], person=stranger, clock=territory.clock)
    assert said(vote) == [("room", [1])]


@pytest.mark.parametrize("count", [1, 300])
def test_a_batch_asks_the_database_two_questions_however_many_voices(
    territory, count, django_assert_num_queries
):
    vote = open_vote(territory)
    people = there(vote.meeting, count, territory.clock)
    batch = [GivenVoice(vote.pk, person.pk, [1]) for person in people]
    with django_assert_num_queries(4):  # a savepoint, the lock, the voices, and its release
        outcomes = give_voices(batch, clock=territory.clock)
    assert all(outcome.is_kept for outcome in outcomes)
    assert SoundingVoice.objects.filter(sounding=vote).count() == count
    assert LiveTouch.objects.filter(meeting=vote.meeting, topic="sounding").count() == 2  # opened, then voted


@pytest.mark.parametrize(
    ("kind", "given", "is_kept"),
    [
        (SoundingKind.SINGLE, [1], True),
        (SoundingKind.SINGLE, [1, 2], False),
        (SoundingKind.SINGLE, [], False),
        (SoundingKind.SINGLE, ["1"], False),
        (SoundingKind.SINGLE, [1.5], False),
        (SoundingKind.SINGLE, [-1], False),
        (SoundingKind.MULTIPLE, [1, 3], True),
        (SoundingKind.MULTIPLE, [1, 1], False),
        (SoundingKind.MULTIPLE, [1, 2, 3], False),
        (SoundingKind.RANKING, [3, 1], True),
        (SoundingKind.SCALE, [2], True),
        (SoundingKind.SCALE, [3], False),
        (SoundingKind.CONSENT, [3], True),
        (SoundingKind.CONSENT, [4], False),
        (SoundingKind.WORDS, ["un bus", "vélo"], True),
        (SoundingKind.WORDS, [1], False),
        (SoundingKind.WORDS, ["x" * 41], False),
        (SoundingKind.WORDS, [{"a": [1]}], False),
    ],
)
def test_the_database_keeps_what_its_kind_allows_and_nothing_else(territory, kind, given, is_kept):
    vote = open_vote(territory, kind=kind, most=2)
    [person] = there(vote.meeting, 1, territory.clock)
    [outcome] = give_voices([GivenVoice(vote.pk, person.pk, given)], clock=territory.clock)
    assert outcome.is_kept is is_kept


def test_a_form_is_told_in_words_what_is_wrong(territory):
    vote = open_vote(territory, kind=SoundingKind.WORDS, most=2)
    [person] = there(vote.meeting, 1, territory.clock)
    with pytest.raises(Refusal, match="deux fois"):
        give_voice(sounding=vote, given=["Bus", "bus"], person=person, clock=territory.clock)
    give_voice(sounding=vote, given=["  Un \u202e bus "], person=person, clock=territory.clock)
    assert said(vote) == [("room", ["Un bus"])]


def test_who_has_not_joined_is_told_how_to(territory):
    vote = open_vote(territory)
    with pytest.raises(NotHere, match="Rejoignez"):
        give_voice(sounding=vote, given=[1], person=welcome_guest(), clock=territory.clock)


def test_a_vote_that_is_not_open_or_is_taken_back_in_public_keeps_no_voice(territory):
    meeting = meeting_under_way(territory)
    draft, vote = drafted_vote(territory, meeting), open_vote(territory, meeting)
    [person] = there(meeting, 1, territory.clock)
    withdraw_by_authority(record=vote.record, reason="Mal posé.", function="Agent", clock=territory.clock)
    for each in (draft, vote):
        with pytest.raises(SoundingClosed, match="Votre voix n’a pas été gardée"):
            give_voice(sounding=each, given=[1], person=person, clock=territory.clock)


def test_a_voice_after_the_closing_is_refused_with_a_clear_sentence(territory):
    vote = open_vote(territory, meeting_under_way(territory, later_hours=0))
    [person] = there(vote.meeting, 1, territory.clock)
    close_sounding(sounding=vote, clock=territory.clock)
    with pytest.raises(SoundingClosed, match=r"Ce vote est clos\. Votre voix n’a pas été gardée"):
        give_voice(sounding=vote, given=[1], person=person, clock=territory.clock)


def test_who_was_not_there_votes_later_until_the_last_moment(territory):
    vote, absent = open_vote(territory), welcome_guest()
    close_sounding(sounding=vote, clock=territory.clock)
    come_later(meeting=vote.meeting, person=absent, clock=territory.clock)
    give_voice(sounding=vote, given=[2], person=absent, clock=after(territory.clock, HOURS - 0.001))
    with pytest.raises(SoundingClosed):
        give_voice(sounding=vote, given=[1], person=absent, clock=after(territory.clock, HOURS))
    assert said(vote) == [("later", [2])]


def test_who_was_there_and_did_not_vote_may_later(territory):
    vote = open_vote(territory)
    [left] = there(vote.meeting, 1, territory.clock, Seat.REMOTE)
    close_sounding(sounding=vote, clock=territory.clock)
    come_later(meeting=vote.meeting, person=left, clock=territory.clock)
    assert Attendance.objects.get(person=left).seat == Seat.REMOTE
    give_voice(sounding=vote, given=[2], person=left, clock=territory.clock)
    assert said(vote) == [("later", [2])]


def test_who_voted_in_the_meeting_does_not_vote_again_later_by_any_name(territory):
    vote, hers = open_vote(territory), territory.citizen.person
    [guest] = voiced(vote, territory.clock, 1)
    close_sounding(sounding=vote, clock=territory.clock)
    claim_person(guest=guest, by=hers)
    for name in (guest, hers):
        with pytest.raises(AlreadyCounted, match="déjà comptée"):
            give_voice(sounding=vote, given=[2], person=name, clock=territory.clock)
    assert said(vote) == [("room", [1])]


def test_who_is_here_in_deferred_votes_at_a_distance_while_it_is_open(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, 1, seat=Seat.LATER)
    assert said(vote) == [("remote", [1])]


def test_a_guest_who_signs_in_has_one_voice_the_last(territory):
    vote, hers = open_vote(territory), territory.citizen.person
    [guest] = voiced(vote, territory.clock, 1)
    claim_person(guest=guest, by=hers)
    give_voice(sounding=vote, given=[3], person=hers, clock=territory.clock)
    assert [(voice.person, voice.given) for voice in vote.voices.all()] == [(hers, [3])]


def test_closing_the_meeting_closes_what_is_open(territory):
    meeting = meeting_under_way(territory)
    drafted_vote(territory, meeting)
    votes = [open_vote(territory, meeting) for _each in range(2)]
    assert close_soundings(meeting=meeting, clock=territory.clock) == 2
    assert close_soundings(meeting=meeting, clock=territory.clock) == 0
    assert all(vote.record.__class__.objects.get(pk=vote.pk).state == "later" for vote in votes)
