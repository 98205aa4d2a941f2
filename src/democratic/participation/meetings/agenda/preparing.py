"""The order of the day, before the meeting opens: points are added, changed, moved, taken out."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locking import lock_meeting, refuse_unless_ahead
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import bump_pages_of

MOST, LONGEST = 40, 24 * 60


def items_of(meeting: Meeting) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("rank"))


@transaction.atomic
def add_item(*, meeting: Meeting, title: str, minutes: int) -> AgendaItem:
    """At the end."""
    locked = _locked(meeting.pk)
    said = _checked(title, minutes)
    last = AgendaItem.objects.filter(meeting=locked).aggregate(last=Max("rank"))["last"] or 0
    if last >= MOST:
        raise Conflict(_("Quarante points au plus : regroupez-en."))
    item = AgendaItem.objects.create(meeting=locked, rank=last + 1, title=said, minutes=minutes)
    _shown(locked)
    return item


@transaction.atomic
def change_item(*, item: AgendaItem, title: str, minutes: int) -> None:
    locked = _locked(item.meeting_id)
    said = _checked(title, minutes)
    AgendaItem.objects.filter(pk=item.pk).update(title=said, minutes=minutes)
    _shown(locked)


@transaction.atomic
def move_item(*, item: AgendaItem, up: bool) -> None:
    """One place up or down; at the edge, nothing moves."""
    locked = _locked(item.meeting_id)
    order = [each.pk for each in items_of(locked)]
    here = order.index(item.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return
    order[here], order[there] = order[there], order[here]
    _rank(order)
    _shown(locked)


@transaction.atomic
def remove_item(*, item: AgendaItem) -> None:
    locked = _locked(item.meeting_id)
    AgendaItem.objects.filter(pk=item.pk).delete()
    _rank([each.pk for each in items_of(locked)])
    _shown(locked)


def _locked(meeting_id: UUID) -> Meeting:
    """Once it opened, its points are moved by who facilitates, in front of everyone."""
    locked = lock_meeting(meeting_id)
    refuse_unless_ahead(locked)
    return locked


def _checked(title: str, minutes: int) -> str:
    said = clean_line(title)[:160]
    if not said:
        raise Refusal(_("Écrivez de quoi l’on parlera."), field="title")
    if not 1 <= minutes <= LONGEST:
        raise Refusal(_("Comptez en minutes, de 1 à 1 440."), field="minutes")
    return said


def _rank(order: list[UUID]) -> None:
    """Unique ranks are checked at commit, so that they may cross."""
    for rank, pk in enumerate(order, 1):
        AgendaItem.objects.filter(pk=pk).exclude(rank=rank).update(rank=rank)


def _shown(meeting: Meeting) -> None:
    touch(meeting.pk, Topic.AGENDA)
    bump_pages_of(meeting.record)
