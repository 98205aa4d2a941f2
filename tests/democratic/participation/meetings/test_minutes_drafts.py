"""A draft of the minutes: begun from the meeting, written by several at once."""

import pytest

from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.meetings.minutes.actions import (
    BlockGone,
    Said,
    WrittenMeanwhile,
    add_block,
    gather,
    move_block,
    remove_block,
    save_block,
    save_catch_up,
    start_minutes,
)
from democratic.participation.meetings.minutes.marks import mark_of, mark_of_text
from democratic.participation.meetings.minutes.models import BlockKind, Minutes
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.states import QuestionState
from told_meetings import BEGAN, NEXT_MORNING, asked, told_meeting

pytestmark = pytest.mark.django_db


def texts(minutes):
    return [block.text.split("\n")[0].replace("\u00a0", " ") for block in minutes.blocks.order_by("rank")]


@pytest.fixture
def told(territory):
    return told_meeting(territory)


@pytest.fixture
def draft(told):
    return start_minutes(meeting=told.meeting, clock=NEXT_MORNING)


def test_a_draft_tells_each_point_with_its_questions_and_votes_in_order(draft, told):
    assert texts(draft) == [
        "Point 1, de 18 h 00 à 18 h 10.",
        "Question : « À quelle heure part le dernier bus ? »",
        "Question : « Qui paie la navette ? »",
        "Point 2, de 18 h 10 à 18 h 20.",
        "Vote : « Prolonger la ligne 0 ? »",
        "Question : « Et la gare n° 0 ? »",
    ]


def test_each_block_is_tied_to_what_it_tells_and_keeps_its_seat(draft, told):
    point, answered, owed, _point, vote, apart = draft.blocks.order_by("rank")
    assert (point.item_id, point.about_id) == (told.items[0].pk, None)
    assert (answered.about_id, answered.item_id, answered.seat) == (
        told.answered.pk,
        told.items[0].pk,
        "room",
    )
    assert "Vice-présidente, mobilités" in answered.text
    assert "À 22 h dès septembre." in answered.text
    assert (owed.kind, owed.seat) == (BlockKind.OWED, "")  # by chat: no seat
    assert (vote.about_id, vote.item_id) == (told.vote.pk, told.items[1].pk)
    assert "12" in vote.text
    assert apart.item_id is None


def test_begun_twice_it_is_one_draft(draft, told):
    assert start_minutes(meeting=told.meeting, clock=NEXT_MORNING) == draft
    assert Minutes.objects.count() == 1


def test_nothing_is_told_of_a_meeting_that_has_not_begun(told):
    Meeting.objects.filter(pk=told.meeting.pk).update(
        opened_at=None, closed_at=None, starts_at=NEXT_MORNING.moment, ends_at="2027-01-01T00:00Z"
    )
    told.meeting.refresh_from_db()
    early = type(NEXT_MORNING)(BEGAN)
    with pytest.raises(Conflict):
        start_minutes(meeting=told.meeting, clock=early)


def test_what_came_since_is_gathered_once(draft, told):
    asked(told.meeting, "Et le dimanche ?", QuestionState.ANSWERED)
    assert gather(minutes=draft) == 1
    assert gather(minutes=draft) == 0
    assert "Et le dimanche" in texts(draft)[-1]


def test_two_writers_of_one_block_lose_nothing(draft):
    block = draft.blocks.first()
    seen = mark_of(block)
    save_block(minutes=draft, block=block.pk, said=Said("Ce que Nathalie écrit."), seen=seen)
    with pytest.raises(WrittenMeanwhile):
        save_block(minutes=draft, block=block.pk, said=Said("Ce que Karim écrit."), seen=seen)
    block.refresh_from_db()
    assert block.text == "Ce que Nathalie écrit."
    save_block(minutes=draft, block=block.pk, said=Said("À deux."), seen=mark_of(block))


def test_a_block_that_someone_else_removed_says_so(draft):
    block = draft.blocks.first()
    seen = mark_of(block)
    remove_block(minutes=draft, block=block.pk, seen=seen)
    assert [each.rank for each in draft.blocks.order_by("rank")] == [1, 2, 3, 4, 5]
    with pytest.raises(BlockGone):
        save_block(minutes=draft, block=block.pk, said=Said("Trop tard."), seen=seen)


def test_what_changed_since_it_was_read_is_not_removed(draft):
    block = draft.blocks.first()
    seen = mark_of(block)
    save_block(minutes=draft, block=block.pk, said=Said("Réécrit."), seen=seen)
    with pytest.raises(WrittenMeanwhile):
        remove_block(minutes=draft, block=block.pk, seen=seen)


def test_blocks_are_added_and_moved_where_one_says(draft):
    first = add_block(minutes=draft, after=0, said=Said("Tout au début."))
    third = add_block(minutes=draft, after=2, said=Said("En troisième."))
    assert [block.rank for block in draft.blocks.order_by("rank")] == list(range(1, 9))
    assert (texts(draft)[0], texts(draft)[2]) == ("Tout au début.", "En troisième.")
    move_block(minutes=draft, block=third.pk, is_up=True)
    assert texts(draft)[1] == "En troisième."
    move_block(minutes=draft, block=first.pk, is_up=True)  # already first
    move_block(minutes=draft, block=first.pk, is_up=False)
    assert texts(draft)[:2] == ["En troisième.", "Tout au début."]


def test_a_block_says_something_of_this_meeting_alone(draft, territory):
    other = told_meeting(territory)
    for said in (
        Said("  "),
        Said("x" * 4001),
        Said("Oui", seat="moon"),
        Said("Oui", item=other.items[0].pk),
        Said("Oui", about=other.vote.pk),
    ):
        with pytest.raises(Refusal):
            add_block(minutes=draft, after=0, said=said)


def test_the_essential_is_five_short_lines_and_two_writers_lose_nothing(draft):
    nothing = mark_of_text("")
    save_catch_up(minutes=draft, text="Une ligne.\n\nUne autre.", seen=nothing)
    draft.refresh_from_db()
    assert draft.catch_up == "Une ligne.\nUne autre."
    with pytest.raises(WrittenMeanwhile):
        save_catch_up(minutes=draft, text="Autrement.", seen=nothing)
    for text in ("a\nb\nc\nd\ne\nf", "x" * 241):
        with pytest.raises(Refusal):
            save_catch_up(minutes=draft, text=text, seen=mark_of_text(draft.catch_up))
