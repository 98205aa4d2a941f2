"""Minutes proposed, contested by those who were there, corrected in a next version, approved."""

from datetime import timedelta

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal, TooMany
from democratic.participation.meetings.actions import report_meeting
from democratic.participation.meetings.events import CATCH_UP_TOLD, MEETING_HELD
from democratic.participation.meetings.minutes.actions import (
    Said,
    answer_amendment,
    approve_minutes,
    ask_amendment,
    open_next_version,
    propose_minutes,
    save_block,
    save_catch_up,
    start_minutes,
    tell_catch_up,
)
from democratic.participation.meetings.minutes.events import (
    AMENDMENT_ANSWERED,
    MINUTES_APPROVED,
    MINUTES_PROPOSED,
)
from democratic.participation.meetings.minutes.marks import mark_of, mark_of_text
from democratic.participation.meetings.minutes.models import Amendment, BlockKind, Minutes
from democratic.participation.meetings.minutes.queries import amendment_counts, catch_up_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import account_of
from democratic.people.actions import welcome_guest
from democratic.stewardship.erasure import erase_guest
from democratic.thread.models import Entry, Record
from told_meetings import NEXT_MORNING, came, days_after, told_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(territory):
    return told_meeting(territory)


@pytest.fixture
def draft(told):
    minutes = start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    save_catch_up(minutes=minutes, text="Le dernier bus partira à 22 h.", seen=mark_of_text(""))
    minutes.refresh_from_db()
    return minutes


@pytest.fixture
def proposed(draft):
    return propose_minutes(minutes=draft, days=3, clock=NEXT_MORNING)


def entries(meeting, event):
    return list(Entry.objects.filter(record=meeting.pk, kind=event.kind).order_by("pk"))


def test_the_essential_is_public_before_the_minutes_are_and_told_once(draft, told):
    block = draft.blocks.first()
    save_block(
        minutes=draft, block=block.pk, said=Said("On prolonge.", BlockKind.DECISION), seen=mark_of(block)
    )
    tell_catch_up(minutes=draft, clock=NEXT_MORNING)
    caught = catch_up_of(told.meeting)
    assert (caught.account, caught.decisions) == ("Le dernier bus partira à 22 h.", ["On prolonge."])
    assert account_of(told.meeting)[0] == "Le dernier bus partira à 22 h."
    with pytest.raises(Conflict):
        tell_catch_up(minutes=draft, clock=NEXT_MORNING)
    save_catch_up(minutes=draft, text="Autrement.", seen=mark_of_text(caught.account))
    tell_catch_up(minutes=draft, clock=NEXT_MORNING)
    first, second = entries(told.meeting, CATCH_UP_TOLD)
    assert (first.data, second.data) == ({"is_first": True}, {"is_first": False})


def test_nothing_is_told_of_a_meeting_that_goes_on(draft, told):
    Meeting.objects.filter(pk=told.meeting.pk).update(closed_at=None)
    for act in (
        lambda: tell_catch_up(minutes=draft, clock=NEXT_MORNING),
        lambda: propose_minutes(minutes=draft, days=3, clock=NEXT_MORNING),
    ):
        with pytest.raises(Conflict):
            act()


def test_minutes_are_proposed_with_their_words_opened_and_three_days_at_least(draft, told):
    for days in (2, 61):
        with pytest.raises(Refusal):
            propose_minutes(minutes=draft, days=days, clock=NEXT_MORNING)
    minutes = propose_minutes(minutes=draft, days=3, clock=NEXT_MORNING)
    assert minutes.contested_until == NEXT_MORNING.moment + timedelta(days=3)
    (entry,) = entries(told.meeting, MINUTES_PROPOSED)
    assert entry.data["blocks"] == minutes.blocks.count()
    blocks = entry.openings.get(part="blocks").value
    assert [each["text"] for each in blocks] == [each.text for each in minutes.blocks.order_by("rank")]
    assert len(entries(told.meeting, CATCH_UP_TOLD)) == 1


def test_what_was_proposed_does_not_change(proposed):
    block = proposed.blocks.first()
    with pytest.raises(Conflict):
        save_block(minutes=proposed, block=block.pk, said=Said("Non."), seen=mark_of(block))


def test_only_who_was_there_asks_for_a_correction(proposed, told):
    with pytest.raises(NotAllowed):
        ask_amendment(minutes=proposed, block_rank=1, person=welcome_guest(), text="Non.", clock=NEXT_MORNING)
    guest = came(told.meeting)
    guest.root = welcome_guest()
    guest.save(update_fields=["root"])  # she signed in since: the guest that she was is hers
    ask_amendment(minutes=proposed, block_rank=1, person=guest.root, text="Non.", clock=NEXT_MORNING)


def test_a_correction_is_asked_before_the_last_day_of_a_block_that_exists(proposed, told):
    for rank, text, clock, refusal in (
        (99, "Non.", NEXT_MORNING, Refusal),
        (1, "  ", NEXT_MORNING, Refusal),
        (1, "x" * 1001, NEXT_MORNING, Refusal),
        (1, "Non.", days_after(3), Conflict),
    ):
        with pytest.raises(refusal):
            ask_amendment(minutes=proposed, block_rank=rank, person=told.there, text=text, clock=clock)
    for n in range(10):
        ask_amendment(
            minutes=proposed, block_rank=None, person=told.there, text=f"N° {n}", clock=NEXT_MORNING
        )
    with pytest.raises(TooMany):
        ask_amendment(minutes=proposed, block_rank=None, person=told.there, text="Encore", clock=NEXT_MORNING)


def test_who_asks_and_what_stay_out_of_the_journal_and_why_it_is_refused_is_in(proposed, told):
    before = Entry.objects.count()
    amendment = ask_amendment(
        minutes=proposed, block_rank=2, person=told.there, text="J’ai dit 23 h.", clock=NEXT_MORNING
    )
    assert Entry.objects.count() == before
    with pytest.raises(Refusal):
        answer_amendment(amendment=amendment, is_taken=False, reason=" ", clock=NEXT_MORNING)
    answer_amendment(amendment=amendment, is_taken=False, reason="La captation dit 22 h.", clock=NEXT_MORNING)
    (entry,) = entries(told.meeting, AMENDMENT_ANSWERED)
    assert entry.data == {"version": 1, "block": 2, "outcome": "refused"}
    assert [each.part for each in entry.openings.all()] == ["reason"]
    with pytest.raises(Conflict):
        answer_amendment(amendment=amendment, is_taken=True, reason="Ah si.", clock=NEXT_MORNING)


def test_a_correction_that_is_taken_makes_the_next_version_and_the_first_stays(proposed, told):
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="C’était 23 h.", clock=NEXT_MORNING
    )
    answer_amendment(amendment=amendment, is_taken=True, reason="Exact.", clock=NEXT_MORNING)
    second = Minutes.objects.get(version=2)
    assert second.blocks.count() == proposed.blocks.count()
    with pytest.raises(Refusal):  # nothing was corrected yet
        propose_minutes(minutes=second, days=3, clock=NEXT_MORNING)
    with pytest.raises(Conflict):  # and it can't be forgotten
        approve_minutes(minutes=proposed, clock=days_after(4))
    block = second.blocks.get(rank=1)
    save_block(minutes=second, block=block.pk, said=Said("À 23 h."), seen=mark_of(block))
    propose_minutes(minutes=second, days=3, clock=days_after(1))
    assert proposed.blocks.get(rank=1).text != "À 23 h."
    with pytest.raises(Conflict):  # the first is not the last any more
        approve_minutes(minutes=proposed, clock=days_after(9))
    approve_minutes(minutes=second, clock=days_after(4))


def test_approval_waits_for_the_last_day_and_for_every_answer(proposed, told):
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="Non.", clock=NEXT_MORNING
    )
    with pytest.raises(Conflict):
        approve_minutes(minutes=proposed, clock=days_after(2))
    with pytest.raises(Conflict):
        approve_minutes(minutes=proposed, clock=days_after(3))
    answer_amendment(amendment=amendment, is_taken=False, reason="Non.", clock=NEXT_MORNING)
    approved = approve_minutes(minutes=proposed, clock=days_after(3))
    assert approved.state == Minutes.State.APPROVED
    assert Record.objects.get(pk=told.meeting.pk).state == "held"
    assert account_of(told.meeting)[0] == "Le dernier bus partira à 22 h."
    (entry,) = entries(told.meeting, MINUTES_APPROVED)
    assert entry.data == {"version": 1, "asked": 1, "taken": 0, "refused": 1}
    assert entries(told.meeting, MEETING_HELD)[0].data == {"present": {"room": 1}}
    for act in (
        lambda: approve_minutes(minutes=proposed, clock=days_after(3)),
        lambda: open_next_version(meeting=told.meeting),
        lambda: start_minutes(meeting=told.meeting, clock=days_after(3)),
    ):
        with pytest.raises(Conflict):
            act()


def test_what_was_told_by_hand_gives_way_to_what_is_approved(proposed, told):
    report_meeting(meeting=told.meeting, account="En deux mots.", present={}, clock=NEXT_MORNING)
    assert account_of(told.meeting)[0] == "En deux mots."
    approve_minutes(minutes=proposed, clock=days_after(3))
    assert account_of(told.meeting)[0] == "Le dernier bus partira à 22 h."
    assert len(entries(told.meeting, MEETING_HELD)) == 1


@pytest.mark.parametrize("is_answered", [False, True])
def test_an_erased_person_leaves_no_word_of_hers_and_the_count_of_what_was_answered(
    proposed, told, is_answered
):
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="Moi, Lina.", clock=NEXT_MORNING
    )
    if is_answered:
        answer_amendment(amendment=amendment, is_taken=False, reason="Non.", clock=NEXT_MORNING)
    erase_guest(guest=told.there, with_words=True, clock=FixedClock(days_after(1).moment))
    assert not Amendment.objects.filter(text__contains="Lina").exists()
    assert not Amendment.objects.exclude(person=None).exists()
    assert amendment_counts(told.meeting) == {
        "asked": int(is_answered),
        "taken": 0,
        "refused": int(is_answered),
    }
