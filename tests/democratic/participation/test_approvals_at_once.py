"""Two taps at the same moment, each on a connection of its own: she is asked once, and answers once."""

import pytest

from asking_approval import drafted
from democratic.kernel.refusals import Refusal
from democratic.messaging.models import OutgoingMessage
from democratic.participation.approvals.actions import (
    answer_request,
    ask_approval,
    publish_as_approved,
    take_back_request,
)
from democratic.participation.approvals.models import ApprovalRequest
from democratic.thread.models import Entry, Record
from many_hands import at_once


@pytest.fixture
def order(live_territory):
    return drafted(live_territory)


def test_asked_by_two_agents_at_once_she_gets_one_mail(live_territory, order):
    outcomes = at_once(*[lambda: ask_approval(record=order.record, clock=live_territory.clock)] * 4)
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert OutgoingMessage.objects.count() == 1


def test_two_tabs_that_say_yes_and_no_at_once_leave_one_answer(live_territory, order):
    asked = ask_approval(record=order.record, clock=live_territory.clock)

    def say(is_approved):
        return answer_request(
            request=asked, is_approved=is_approved, reason="Non.", clock=live_territory.clock
        )

    outcomes = at_once(lambda: say(True), lambda: say(False), lambda: say(True))
    (held,) = [outcome for outcome in outcomes if not isinstance(outcome, Refusal)]
    assert ApprovalRequest.objects.get().is_approved is held.is_approved
    assert {str(each.message) for each in outcomes if isinstance(each, Refusal)} == {
        "Une réponse est déjà notée. Pour en changer, voyez avec le service."
    }


@pytest.mark.parametrize("turn", range(3))
def test_taken_back_while_she_answers_one_of_both_holds(live_territory, order, turn):
    asked = ask_approval(record=order.record, clock=live_territory.clock)
    clock = live_territory.clock
    at_once(
        lambda: answer_request(request=asked, is_approved=True, clock=clock),
        lambda: take_back_request(record=order.record, clock=clock),
        lambda: publish_as_approved(mandate=order, clock=clock),
    )
    asked.refresh_from_db()
    assert (asked.answered_at is None) != (asked.withdrawn_at is None)
    is_public = Record.objects.get(pk=order.pk).visibility == "public"
    is_told = Entry.objects.filter(kind="approval_given").exists()
    assert is_told == (is_public and asked.answered_at is not None)
