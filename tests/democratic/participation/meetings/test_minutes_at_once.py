"""Several who write at the same moment: nothing that was kept is lost, and no rank is twice there."""

from functools import partial

import pytest

from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.minutes.actions import (
    Said,
    WrittenMeanwhile,
    add_block,
    answer_amendment,
    approve_minutes,
    ask_amendment,
    move_block,
    save_block,
    start_minutes,
)
from democratic.participation.meetings.minutes.marks import mark_of
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from many_hands import at_once
from told_meetings import NEXT_MORNING, days_after, propose, told_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told(live_territory):
    return told_meeting(live_territory)


def test_eight_who_begin_at_once_begin_one_draft(told):
    at_once(*[partial(start_minutes, meeting=told.meeting, clock=NEXT_MORNING)] * 8)
    assert Minutes.objects.count() == 1
    assert Minutes.objects.get().blocks.count() == 6


def test_of_eight_who_saw_the_same_passage_one_writes_and_the_others_are_told(told):
    draft = start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    block = draft.blocks.first()
    save = partial(save_block, minutes=draft, block=block.pk, seen=mark_of(block))
    outcomes = at_once(*(partial(save, said=Said(f"Main {n}.")) for n in range(8)))
    told_so = [each for each in outcomes if isinstance(each, WrittenMeanwhile)]
    kept = [each.text for each in outcomes if not isinstance(each, Exception)]
    block.refresh_from_db()
    assert (len(told_so), kept) == (7, [block.text])


def test_passages_added_and_moved_at_once_all_stand_at_one_rank_each(told):
    draft = start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    first = draft.blocks.first()
    added = [
        partial(add_block, minutes=draft, after=n % 3, said=Said(f"Passage ajouté {n}.")) for n in range(10)
    ]
    moved = [partial(move_block, minutes=draft, block=first.pk, is_up=bool(n % 2)) for n in range(4)]
    outcomes = at_once(*added, *moved)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert [block.rank for block in draft.blocks.order_by("rank")] == list(range(1, 17))
    assert draft.blocks.filter(text__startswith="Passage ajouté").count() == 10


def test_two_who_answer_one_request_and_one_who_approves_leave_one_outcome(told):
    proposed = propose(start_minutes(meeting=told.meeting, clock=NEXT_MORNING))
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="Non.", clock=NEXT_MORNING
    )
    answer = partial(answer_amendment, amendment=amendment, clock=days_after(3))
    outcomes = at_once(
        partial(answer, is_taken=True, reason="Oui."),
        partial(answer, is_taken=False, reason="Non."),
        partial(approve_minutes, minutes=proposed, clock=days_after(3)),
    )
    amendment.refresh_from_db()
    assert amendment.state in (Amendment.State.TAKEN, Amendment.State.REFUSED)
    assert sum(isinstance(each, Conflict) for each in outcomes) >= 1
    has_draft = Minutes.objects.filter(state=Minutes.State.DRAFT).exists()
    is_final = Minutes.objects.filter(state=Minutes.State.APPROVED).exists()
    assert has_draft == (amendment.state == Amendment.State.TAKEN)
    assert not (has_draft and is_final)
