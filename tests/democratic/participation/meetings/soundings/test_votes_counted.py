"""What is told of a vote, when, and that anyone who counts its rows finds the same."""

from datetime import timedelta

import pytest

from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings.asking import ask_again, change_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.counting import count_soundings, totals_of
from democratic.participation.meetings.soundings.erasing import erase_voices
from democratic.participation.meetings.soundings.hands import drop_count, enter_count, verify_count
from democratic.participation.meetings.soundings.models import (
    Sounding,
    SoundingCount,
    SoundingKind,
    SoundingVoice,
)
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.soundings.results import moved, results_of
from democratic.participation.meetings.soundings.voting import give_voice
from democratic.people.actions import claim_person
from democratic.thread.actions import Words
from democratic.thread.models import Entry
from voting import HOURS, after, meeting_under_way, open_vote, there, voiced

MINUTE = timedelta(minutes=1)
HANDS, PAPER = SoundingCount.By.HANDS, SoundingCount.By.PAPER


def told(vote) -> list[dict]:
    said = Entry.objects.filter(record=vote.pk, kind="sounding_counted").order_by("pk")
    return [entry.data for entry in said]


def again(vote) -> Sounding:
    return Sounding.objects.select_related("record__authority", "meeting").get(pk=vote.pk)


def finished(vote, clock):
    count_soundings(after(clock, HOURS).now())
    return again(vote)


def test_while_it_is_hidden_nobody_is_told_any_total(territory):
    vote, now = open_vote(territory), territory.clock.now()
    voiced(vote, territory.clock, *[1] * 8)
    assert [count_soundings(now + n * MINUTE) for n in range(3)] == [0, 0, 0]
    assert (told(vote), again(vote).counted) == ([], {})


def test_a_minute_of_an_open_and_shown_vote_is_one_entry_and_never_for_fewer_than_five_more(territory):
    vote, now = open_vote(territory, is_hidden=False), territory.clock.now()
    voiced(vote, territory.clock, *[1] * 4)
    assert count_soundings(now) == 0
    voiced(vote, territory.clock, 2, 2)
    assert [count_soundings(now + MINUTE), count_soundings(now + 1.5 * MINUTE)] == [1, 0]
    voiced(vote, territory.clock, 3)
    assert count_soundings(now + 2 * MINUTE) == 0
    assert [each["total"] for each in told(vote)] == [6]


def test_during_and_after_are_told_apart_and_together_each_person_once(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, 1, 1, 1, 1, 2, 2)
    voiced(vote, territory.clock, 2, 2, 2, 2, 2, seat=Seat.REMOTE)
    close_sounding(sounding=vote, clock=territory.clock)
    [during] = told(vote)
    assert (during["total"], during["is_final"]) == (11, False)
    voiced(vote, after(territory.clock, 1), 3, 3, 3, 3, 1, seat=Seat.LATER)
    assert count_soundings(after(territory.clock, 2).now()) == 0
    results = results_of(finished(vote, territory.clock))
    assert (results.total, results.is_final, results.counts) == (16, True, {1: 5, 2: 7, 3: 4})
    assert [(each.sources, each.people) for each in results.during] == [(("room",), 6), (("remote",), 5)]
    assert (results.after.people, results.after.counts) == (5, {1: 1, 3: 4})
    assert count_soundings(after(territory.clock, 99).now()) == 0


def test_hands_verified_after_the_closing_tell_nothing_of_who_votes_later(territory):
    vote, by, other = open_vote(territory), territory.agent.person, territory.elected.person
    voiced(vote, territory.clock, 1, 1, 1, 1, 1)
    hands = enter_count(
        sounding=vote, by=SoundingCount.By.HANDS, counts={1: 20, 2: 11}, entered_by=by, clock=territory.clock
    )
    with pytest.raises(Conflict, match="vient de saisir"):
        enter_count(
            sounding=vote, by=SoundingCount.By.HANDS, counts={1: 20}, entered_by=other, clock=territory.clock
        )
    close_sounding(sounding=vote, clock=territory.clock)
    voiced(vote, after(territory.clock, 1), 3, 3, seat=Seat.LATER)
    verify_count(count=hands, counts={1: 20, 2: 11}, by=other, clock=after(territory.clock, 2))
    assert told(vote)[-1]["total"] == 36
    assert results_of(finished(vote, territory.clock)).total == 38


def test_the_same_question_asked_again_does_not_change(territory):
    vote = open_vote(territory)
    close_sounding(sounding=vote, clock=territory.clock)
    same = ask_again(sounding=again(vote), clock=territory.clock, author=None)
    question = Question(kind=SoundingKind.SINGLE, words=Words(title="Une autre ?"), options=["A", "B"])
    with pytest.raises(Conflict, match="la même question"):
        change_sounding(sounding=same, question=question, clock=territory.clock)


def test_a_seat_of_fewer_than_five_is_counted_with_the_next(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, *[1] * 9)
    voiced(vote, territory.clock, 2, 2, seat=Seat.REMOTE)
    close_sounding(sounding=vote, clock=territory.clock)
    assert told(vote)[0]["groups"] == [
        {"sources": ["remote", "room"], "people": 11, "counts": {"1": 9, "2": 2}}
    ]


def test_of_fewer_than_five_voices_the_number_alone_is_told(territory):
    vote = open_vote(territory)
    voiced(vote, territory.clock, 1, 2, 3)
    close_sounding(sounding=vote, clock=territory.clock)
    assert (told(vote)[0]["total"], told(vote)[0]["groups"]) == (3, [])


def test_who_voted_as_a_guest_then_later_under_her_account_is_counted_once_as_in_the_meeting(territory):
    vote, hers = open_vote(territory), territory.citizen.person
    people = voiced(vote, territory.clock, 1, 1, 1, 1, 1)
    close_sounding(sounding=vote, clock=territory.clock)
    there(vote.meeting, 0, territory.clock)
    SoundingVoice.objects.create(sounding=vote, person=hers, seat=Seat.LATER, given=[3])
    claim_person(guest=people[0], by=hers)
    done = finished(vote, territory.clock)
    assert (done.counted["total"], results_of(done).counts) == (5, {1: 5, 2: 0, 3: 0})
    assert vote.voices.count() == 5


def test_a_vote_without_a_later_window_is_final_at_once(territory):
    vote = open_vote(territory, meeting_under_way(territory, later_hours=0))
    voiced(vote, territory.clock, *[1] * 5)
    close_sounding(sounding=vote, clock=territory.clock)
    close_sounding(sounding=vote, clock=territory.clock)
    assert [each["is_final"] for each in told(vote)] == [True]
    assert again(vote).record.state == "final"


def test_a_ranking_is_told_by_its_rankings_and_a_scale_by_its_places(territory):
    meeting = meeting_under_way(territory)
    ranked = open_vote(territory, meeting, SoundingKind.RANKING, most=3)
    scaled = open_vote(territory, meeting, SoundingKind.SCALE, most=5)
    voiced(ranked, territory.clock, [1, 2, 3], [1, 2, 3], [1, 2, 3], [2, 3, 1], [2, 3, 1])
    voiced(scaled, territory.clock, 1, 2, 4, 5, 5, 5)
    for vote in (ranked, scaled):
        close_sounding(sounding=vote, clock=territory.clock)
    ranks = results_of(again(ranked)).ranking
    assert (ranks.first_by_points, ranks.wins_every_duel, ranks.n) == ((2,), 1, 5)
    scale = results_of(again(scaled)).scale
    assert (scale.median, scale.mean, scale.n) == (4, 3.7, 6)


def test_words_are_told_from_three_people_on_and_never_in_the_data_that_proofs_hold(territory):
    vote = open_vote(territory, kind=SoundingKind.WORDS, most=2)
    voiced(vote, territory.clock, ["Bus"], ["bus", "vélo"], ["bus"], ["train"], ["Vélo"])
    close_sounding(sounding=vote, clock=territory.clock)
    results = results_of(again(vote))
    assert (results.words.words, results.words.others, results.total) == ((("bus", 3),), 2, 5)
    entry = Entry.objects.get(record=vote.pk, kind="sounding_counted")
    assert "bus" not in str(entry.data)
    assert entry.openings.get(part="words").value["shown"] == [["bus", 3]]


def test_one_objection_stops_a_round_of_consent(territory):
    vote = open_vote(territory, kind=SoundingKind.CONSENT)
    voiced(vote, territory.clock, 1, 1, 1, 2, 3)
    close_sounding(sounding=vote, clock=territory.clock)
    assert results_of(again(vote)).outcome == "objected"


def test_what_moved_between_two_votes_on_the_same_wording_is_told_by_totals(territory):
    meeting = meeting_under_way(territory)
    votes = [open_vote(territory, meeting) for _each in range(2)]
    voiced(votes[0], territory.clock, 1, 1, 1, 1, 2, 2)
    voiced(votes[1], territory.clock, 1, 1, 2, 2, 2, 2, 2, 2)
    for vote in votes:
        close_sounding(sounding=vote, clock=territory.clock)
    moves = moved(*(results_of(again(vote)) for vote in votes))
    assert [(move.rank, move.points) for move in moves] == [(1, -42), (2, 42), (3, 0)]


def test_hands_count_once_someone_else_found_the_same_and_are_a_line_of_their_own(territory):
    vote, by, other = open_vote(territory), territory.agent.person, territory.elected.person
    voiced(vote, territory.clock, *[1] * 5)
    entered = enter_count(
        sounding=vote, by=HANDS, counts={1: 20, 2: 11}, entered_by=by, clock=territory.clock
    )
    close_sounding(sounding=vote, clock=territory.clock)
    assert told(vote)[-1]["total"] == 5
    with pytest.raises(NotAllowed):
        verify_count(count=entered, counts={1: 20, 2: 11}, by=by, clock=territory.clock)
    with pytest.raises(Conflict, match="mêmes nombres"):
        verify_count(count=entered, counts={1: 19, 2: 12}, by=other, clock=territory.clock)
    for _twice in range(2):
        verify_count(count=entered, counts={1: 20, 2: 11}, by=other, clock=territory.clock)
    results = results_of(again(vote))
    assert (results.total, results.counts) == (36, {1: 25, 2: 11, 3: 0})
    assert [(each.sources, each.people) for each in results.columns] == [
        (("room",), 5),
        (("hand:hands",), 31),
    ]
    assert [(each.by, each.total) for each in results.by_hand] == [("hands", 31)]
    with pytest.raises(Conflict):
        drop_count(count_id=entered.pk)


@pytest.mark.parametrize(
    ("kind", "counts", "people"),
    [
        (SoundingKind.SINGLE, {}, 0),
        (SoundingKind.SINGLE, {9: 3}, 0),
        (SoundingKind.SINGLE, {1: -3}, 0),
        (SoundingKind.WORDS, {1: 3}, 0),
        (SoundingKind.RANKING, {1: 3}, 0),
        (SoundingKind.MULTIPLE, {1: 6}, 5),
        (SoundingKind.MULTIPLE, {1: 5, 2: 5, 3: 5}, 5),
        (SoundingKind.MULTIPLE, {1: 1}, 5),
    ],
)
def test_hands_that_do_not_hold_together_are_refused(territory, kind, counts, people):
    vote = open_vote(territory, kind=kind, most=2)
    with pytest.raises(Refusal):
        enter_count(
            sounding=vote, by=HANDS, counts=counts, people=people,
            entered_by=territory.agent.person, clock=territory.clock,
        )  # fmt: skip


def test_a_paper_typed_wrong_is_dropped(territory):
    vote = open_vote(territory, kind=SoundingKind.MULTIPLE, most=2)
    entered = enter_count(
        sounding=vote, by=PAPER, counts={1: 4, 2: 3}, people=5,
        entered_by=territory.agent.person, clock=territory.clock,
    )  # fmt: skip
    drop_count(count_id=entered.pk)
    assert not vote.counts.exists()


def test_erasing_a_person_takes_what_is_not_told_and_leaves_what_is_to_nobody(territory):
    vote = open_vote(territory)
    hers, *others = voiced(vote, territory.clock, 1, 1, 1, 1, 2, 2)
    erase_voices(person_ids=[hers.pk])
    assert vote.voices.count() == 5
    close_sounding(sounding=vote, clock=territory.clock)
    late = voiced(vote, after(territory.clock, 1), 3, 3, seat=Seat.LATER)
    erase_voices(person_ids=[others[0].pk, late[0].pk])
    done = finished(vote, territory.clock)
    assert done.counted["total"] == 6
    assert not SoundingVoice.objects.filter(person__in=[hers, others[0], late[0]]).exists()
    assert totals_of(done) == done.counted


def test_anyone_who_counts_the_rows_finds_what_was_told(territory):
    meeting = meeting_under_way(territory)
    votes = [
        open_vote(territory, meeting, kind, most=2) for kind in SoundingKind if kind != SoundingKind.WORDS
    ]
    for vote in votes:
        voiced(vote, territory.clock, *[1 + n % 2 for n in range(12)])
        close_sounding(sounding=vote, clock=territory.clock)
        voiced(vote, after(territory.clock, 1), *[2] * 6, seat=Seat.LATER)
    for vote in votes:
        done = finished(vote, territory.clock)
        assert totals_of(done) == done.counted == told(vote)[-1] | {"words": done.counted["words"]}


def test_a_voice_changes_until_the_closing_and_only_its_last_state_is_counted(territory):
    vote = open_vote(territory)
    people = voiced(vote, territory.clock, *[1] * 5)
    give_voice(sounding=vote, given=[2], person=people[0], clock=territory.clock)
    close_sounding(sounding=vote, clock=territory.clock)
    assert results_of(again(vote)).counts == {1: 4, 2: 1, 3: 0}
