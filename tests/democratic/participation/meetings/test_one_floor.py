"""One queue for the room and for those far away: rule, override, two facilitators, closing."""

import pytest

from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.meetings.actions import Means, arrange_meeting
from democratic.participation.meetings.floor.actions import (
    FloorMoved,
    ask_for_floor,
    call_early,
    call_next,
    end_turn,
    give_floor,
    raise_hand,
    switch_rule,
    withdraw_turn,
)
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.models import FloorOverride, Side, SpeakingTurn
from democratic.participation.meetings.floor.queries import floor_of, times_of
from democratic.participation.meetings.forgetting import part_with_attendance
from democratic.participation.meetings.live.models import LiveTouch, Topic
from democratic.participation.meetings.models import FloorRule
from democratic.participation.meetings.running import close_meeting
from democratic.participation.meetings.running_now import MeetingNotLive
from democratic.people.actions import welcome_guest
from democratic.thread.models import Entry, Opening
from in_a_meeting import after, announced, asked, came, fresh, live

NOBODY = Seen(None)


def names(meeting):
    return [each.turn.name for each in floor_of(meeting).waiting]


def called_first(meeting, territory, at=100.0, seen=NOBODY):
    first = floor_of(meeting).waiting[0].turn
    return call_next(meeting_id=meeting.pk, turn_id=first.pk, seen=seen, clock=after(territory, at))


def test_room_and_remote_are_called_in_turn_and_each_place_is_explained(territory):
    meeting = live(territory)
    for at, (seat, name) in enumerate([("room", "Inès"), ("room", "Karim"), ("remote", "Lina")]):
        asked(meeting, territory, at, seat, name=name)
    assert names(meeting) == ["Inès", "Lina", "Karim"]
    lina = floor_of(meeting).waiting[1].place
    assert (lina.reason, lina.passes) == ("in_turn", 1)
    assert called_first(meeting, territory).name == "Inès"
    assert names(meeting) == ["Lina", "Karim"]


def test_a_hand_that_is_up_stays_where_it_is(territory):
    meeting = live(territory)
    person = came(meeting, territory).person
    for at in (1, 5):
        ask_for_floor(meeting_id=meeting.pk, person=person, clock=after(territory, at))
    assert SpeakingTurn.objects.filter(meeting=meeting).count() == 1


def test_one_comes_in_before_one_asks_and_only_while_it_is_live(territory):
    meeting = live(territory)
    with pytest.raises(NotAllowed):
        ask_for_floor(meeting_id=meeting.pk, person=welcome_guest(), clock=territory.clock)
    soon = announced(territory, title="Demain")
    person = came(soon, territory).person
    with pytest.raises(MeetingNotLive):
        ask_for_floor(meeting_id=soon.pk, person=person, clock=territory.clock)


def test_a_hand_goes_down_again_and_lowering_nothing_is_no_fault(territory):
    meeting = live(territory)
    turn = asked(meeting, territory, 1, name="Inès")
    person = turn.attendance.person
    for _twice in range(2):
        withdraw_turn(meeting_id=meeting.pk, person=person)
    assert names(meeting) == []
    assert ask_for_floor(meeting_id=meeting.pk, person=person, clock=after(territory, 9)).state == "waiting"


def test_someone_without_a_phone_is_in_the_same_queue(territory):
    meeting = live(territory)
    raise_hand(meeting_id=meeting.pk, name="La dame au deuxième rang", clock=after(territory, 1))
    asked(meeting, territory, 2, name="Inès")
    assert names(meeting) == ["La dame au deuxième rang", "Inès"]
    with pytest.raises(Refusal):
        raise_hand(meeting_id=meeting.pk, name="la dame au deuxième rang", clock=after(territory, 3))


def test_two_facilitators_at_once_call_one_and_the_second_reads_who_speaks(territory):
    meeting = live(territory)
    first, second = (asked(meeting, territory, at, name=name) for at, name in ((1, "Inès"), (2, "Karim")))
    call_next(meeting_id=meeting.pk, turn_id=first.pk, seen=NOBODY, clock=after(territory, 60))
    with pytest.raises(FloorMoved) as refused:
        call_next(meeting_id=meeting.pk, turn_id=first.pk, seen=NOBODY, clock=after(territory, 61))
    assert "Inès parle maintenant" in str(refused.value.message)
    with pytest.raises(FloorMoved):
        call_early(
            meeting_id=meeting.pk, turn_id=second.pk, seen=NOBODY, reason="Train", function="",
            by=territory.agent.person, clock=after(territory, 61),
        )  # fmt: skip
    assert SpeakingTurn.objects.filter(state="speaking").count() == 1
    assert not FloorOverride.objects.exists()


def test_the_one_that_was_read_as_first_is_not_the_first_any_more(territory):
    meeting = live(territory)
    first, _second = (asked(meeting, territory, at, name=name) for at, name in ((1, "Inès"), (2, "Karim")))
    withdraw_turn(meeting_id=meeting.pk, turn_id=first.pk)
    with pytest.raises(FloorMoved) as refused:
        call_next(meeting_id=meeting.pk, turn_id=first.pk, seen=NOBODY, clock=after(territory, 3))
    assert "Karim" in str(refused.value.message)


def test_who_is_called_before_her_turn_is_a_public_line_with_a_reason_and_no_name(territory):
    meeting = live(territory)
    asked(meeting, territory, 1, name="Inès")
    karim = asked(meeting, territory, 2, name="Karim")
    early = {
        "meeting_id": meeting.pk, "turn_id": karim.pk, "seen": NOBODY, "function": "animatrice",
        "by": territory.agent.person, "clock": after(territory, 9),
    }  # fmt: skip
    with pytest.raises(Refusal) as refused:
        call_early(**early, reason=" ")
    assert refused.value.field == "reason"
    call_early(**early, reason="Son car part dans dix minutes")
    entry = Entry.objects.get(kind="floor_overridden")
    assert entry.data == {"place": 2, "rule": "seats", "seat": "room"}
    told = dict(Opening.objects.filter(entry=entry).values_list("part", "value"))
    assert told == {"reason": "Son car part dans dix minutes", "function": "animatrice"}
    assert FloorOverride.objects.get().place == 2


def test_who_is_first_is_called_early_by_nobody(territory):
    meeting = live(territory)
    turn = asked(meeting, territory, 1)
    call_early(
        meeting_id=meeting.pk, turn_id=turn.pk, seen=NOBODY, reason="À elle", function="",
        by=territory.agent.person, clock=after(territory, 9),
    )  # fmt: skip
    assert not Entry.objects.filter(kind="floor_overridden").exists()


def test_the_rule_is_switched_in_public_and_the_same_hands_are_read_anew(territory):
    meeting = live(territory)
    for at, (seat, name) in enumerate([("room", "Inès"), ("room", "Karim"), ("remote", "Lina")]):
        asked(meeting, territory, at, seat, name=name)
    for _twice in range(2):
        switch_rule(meeting_id=meeting.pk, rule=FloorRule.ASKED, function="animatrice", clock=territory.clock)
    assert names(fresh(meeting)) == ["Inès", "Karim", "Lina"]
    assert Entry.objects.get(kind="floor_rule_changed").data == {"from": "seats", "to": "asked"}


def test_once_it_has_begun_its_means_change_no_rule_without_a_public_line(territory):
    meeting = live(territory)
    with pytest.raises(Conflict, match="en public"):
        arrange_meeting(meeting=meeting, means=Means(floor_rule=FloorRule.ASKED), clock=territory.clock)
    arrange_meeting(meeting=meeting, means=Means(floor_rule=meeting.floor_rule), clock=territory.clock)
    assert fresh(meeting).floor_rule == meeting.floor_rule


def test_who_answers_speaks_at_once_and_takes_no_turn_of_the_public(territory):
    meeting = live(territory)
    asked(meeting, territory, 1, "room", name="Inès")
    asked(meeting, territory, 2, "remote", name="Lina")
    speaking = called_first(meeting, territory, 10)
    answering = give_floor(
        meeting_id=meeting.pk, name="Vice-présidente", side=Side.ELECTED, seen=Seen(speaking.pk),
        clock=after(territory, 70),
    )  # fmt: skip
    assert names(meeting) == ["Lina"]
    end_turn(meeting_id=meeting.pk, turn_id=answering.pk, clock=after(territory, 100))
    times = times_of(meeting)
    assert (times.seats, times.sides, times.genders) == ({"room": 60}, {"public": 60, "elected": 30}, {})


def test_closing_publishes_numbers_and_erases_the_names_of_the_queue(territory):
    meeting = live(territory)
    asked(meeting, territory, 1, "room", name="Inès")
    asked(meeting, territory, 2, "remote", name="Lina")
    called_first(meeting, territory, 10)
    close_meeting(meeting_id=meeting.pk, clock=after(territory, 40))
    entry = Entry.objects.get(kind="meeting_closed")
    assert entry.data == {
        "present": {"room": 1, "remote": 1},
        "spoken": {"seat": {"room": 30}, "side": {"public": 30}},
    }
    assert not SpeakingTurn.objects.exclude(name="").exists()
    closed = fresh(meeting)
    assert (closed.record.state, closed.join_code, closed.present) == ("closed", "", {"room": 1, "remote": 1})
    with pytest.raises(MeetingNotLive):
        close_meeting(meeting_id=meeting.pk, clock=after(territory, 41))


def test_each_act_says_which_screens_it_changed_and_a_refused_one_says_nothing(territory):
    meeting = live(territory)
    turn = asked(meeting, territory, 1)
    LiveTouch.objects.all().delete()
    with pytest.raises(FloorMoved):
        call_next(meeting_id=meeting.pk, turn_id=turn.pk, seen=Seen(meeting.pk), clock=territory.clock)
    assert not LiveTouch.objects.exists()
    called_first(meeting, territory)
    assert set(LiveTouch.objects.values_list("topic", flat=True)) == {Topic.FLOOR, Topic.TEAM}


def test_who_leaves_takes_her_name_her_gender_and_her_hand_and_leaves_the_time_of_her_group(territory):
    meeting = live(territory)
    turn = asked(meeting, territory, 1, "room", name="Inès", gender="woman")
    called_first(meeting, territory, 10)
    end_turn(meeting_id=meeting.pk, turn_id=turn.pk, clock=after(territory, 40))
    part_with_attendance(person_ids=[turn.attendance.person_id], clock=territory.clock)
    turn.refresh_from_db()
    assert (turn.name, turn.gender, turn.attendance) == ("", "", None)
    assert times_of(meeting).seats == {"room": 30}
