"""The rule of the queue: published, and switched in public."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.events import FLOOR_RULE_CHANGED
from democratic.participation.meetings.floor.actions.asking import SHOWN
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold
from democratic.participation.meetings.models import FloorRule, Meeting
from democratic.participation.meetings.states import MeetingState
from democratic.thread.actions import append_entry
from democratic.thread.models import Visibility

_MAY = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.LIVE)


@transaction.atomic
def switch_rule(*, meeting_id: UUID, rule: str, function: str, clock: Clock) -> None:
    """Nobody loses her place in the order of asking: the other rule reads the same hands. The same rule is no change."""
    meeting = hold(meeting_id)
    if rule not in FloorRule.values:
        raise Refusal(_("Choisissez l’une des règles proposées."), field="rule")
    if meeting.record.state not in _MAY:
        raise Conflict(_("La rencontre est finie : sa file ne change plus."))
    before = meeting.floor_rule
    if rule == before:
        return
    Meeting.objects.filter(pk=meeting.pk).update(floor_rule=rule)
    if meeting.record.visibility == Visibility.PUBLIC:
        append_entry(
            FLOOR_RULE_CHANGED,
            record=meeting.record,
            now=clock.now(),
            data={"from": before, "to": rule},
            words={"function": clean_line(function)[:120]},
            is_institutional=True,
        )
    touch(meeting.pk, *SHOWN)
