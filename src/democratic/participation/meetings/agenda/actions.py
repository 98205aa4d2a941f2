"""The order of the day, as it goes: one point under way at a time, planned and real minutes side by side."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.locks import hold, hold_live
from democratic.participation.meetings.states import MeetingState

State = AgendaItem.State
TITLE_LIMIT, MOST_MINUTES, MOST_ITEMS = 160, 480, 60
_SHOWN = (Topic.AGENDA, Topic.TEAM)
_OVER = (MeetingState.CLOSED, MeetingState.HELD, MeetingState.CANCELLED)


@transaction.atomic
def add_item(*, meeting_id: UUID, title: str, minutes: int) -> AgendaItem:
    """At the end of the order of the day."""
    meeting = hold(meeting_id)
    words = clean_line(title)[:TITLE_LIMIT]
    if not words:
        raise Refusal(_("Donnez un nom à ce point."), field="title")
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal(_("De 1 à 480 minutes."), field="minutes")
    if meeting.record.state in _OVER:
        raise Conflict(_("La rencontre est finie : son ordre du jour ne change plus."))
    if meeting.items.count() >= MOST_ITEMS:
        raise Conflict(_("Un ordre du jour tient en soixante points."))
    last = meeting.items.aggregate(last=Max("rank"))["last"]
    item = AgendaItem.objects.create(
        meeting=meeting, rank=0 if last is None else last + 1, title=words, minutes=minutes
    )
    touch(meeting.pk, *_SHOWN)
    return item


def _item(meeting_id: UUID, item_id: UUID) -> AgendaItem:
    """Read under the meeting's lock. Gone, or of another meeting: a Conflict that says so."""
    item = AgendaItem.objects.filter(meeting=meeting_id, pk=item_id).first()
    if item is None:
        raise Conflict(_("Ce point n’est plus à l’ordre du jour."))
    return item


@transaction.atomic
def start_item(*, meeting_id: UUID, item_id: UUID, clock: Clock) -> None:
    """It is under way from now; the one that was is done. Twice is once."""
    meeting = hold_live(meeting_id)
    now, item = clock.now(), _item(meeting_id, item_id)
    if item.state == State.NOW:
        return
    meeting.items.filter(state=State.NOW).update(state=State.DONE, ended_at=now)
    # Taken up again, it goes on from when it first began.
    AgendaItem.objects.filter(pk=item.pk).update(
        state=State.NOW, started_at=item.started_at or now, ended_at=None
    )
    touch(meeting.pk, *_SHOWN)


@transaction.atomic
def end_item(*, meeting_id: UUID, item_id: UUID, clock: Clock) -> None:
    meeting = hold_live(meeting_id)
    item = _item(meeting_id, item_id)
    if item.state != State.NOW:
        raise Conflict(_("Ce point n’est pas en cours."))
    AgendaItem.objects.filter(pk=item.pk).update(state=State.DONE, ended_at=clock.now())
    touch(meeting.pk, *_SHOWN)


@transaction.atomic
def move_item(*, meeting_id: UUID, item_id: UUID, by: int) -> None:
    """One place earlier (``by`` -1) or later (1), among those that are ahead. At the end of the road, nothing moves."""
    meeting = hold(meeting_id)
    item = _item(meeting_id, item_id)
    if item.state != State.AHEAD:
        raise Conflict(_("Ce point a commencé : il ne change plus de place."))
    ahead = meeting.items.filter(state=State.AHEAD)
    other = (
        ahead.filter(rank__lt=item.rank).order_by("-rank").first()
        if by < 0
        else ahead.filter(rank__gt=item.rank).order_by("rank").first()
    )
    if other is None:
        return
    for each, rank in ((item, other.rank), (other, item.rank)):
        AgendaItem.objects.filter(pk=each.pk).update(rank=rank)
    touch(meeting.pk, *_SHOWN)


def end_what_is_under_way(*, meeting_id: UUID, clock: Clock) -> None:
    """In the caller's transaction, under the meeting's lock."""
    AgendaItem.objects.filter(meeting=meeting_id, state=State.NOW).update(
        state=State.DONE, ended_at=clock.now()
    )
