"""The one who tells the screens: takes what acts touched, has it drawn, numbers it, and wakes whoever listens.

One at a time, by an advisory lock. Everything of a batch is one transaction, so that to be killed loses nothing
and gives no number twice: what was touched is touched still, or was told.
"""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import InterfaceError, OperationalError, connection, transaction

from democratic.participation.meetings.live.models import LiveEvent, LiveTouch, Topic
from democratic.participation.meetings.live.queries import last_number
from democratic.participation.meetings.models import Meeting

logger = logging.getLogger(__name__)

CHANNEL = "meetings"
TELLER_LOCK = 0x6D656574696E67  # "meeting"
NOT_SOONER = 0.5  # seconds between two events of one topic of one meeting, however many acts there are
# A vote that thousands give tells how many have: each number is read by each screen, while the same machine takes voices.
NOT_SOONER_OF = {Topic.SOUNDING: 1.0}
MOST_AT_ONCE = 100  # topics: what one notification may hold, eight thousand bytes

Part = tuple[UUID, str]
"""A meeting and a topic."""
Draw = Callable[[Topic, Meeting], dict[str, str]]
"""HTML by language; nothing for a topic that no screen shows."""


def hold_teller_lock() -> bool:
    """Held by this database session until it ends: False when another one tells."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [TELLER_LOCK])
        return bool(cursor.fetchone()[0])


@dataclass(slots=True)
class Teller:
    draw: Draw
    monotonic: Callable[[], float]
    _told_at: dict[Part, float] = field(default_factory=dict)

    def go_round(self) -> int:
        """How many events were told. What is touched too soon after it was told waits in its table."""
        waiting = touched_parts()
        if not waiting:
            return 0
        now = self.monotonic()
        self._told_at = {part: at for part, at in self._told_at.items() if at > now - _not_sooner(part)}
        due = [part for part in waiting if part not in self._told_at][:MOST_AT_ONCE]
        if not due:
            return 0
        told = tell(due, self.draw)
        self._told_at |= dict.fromkeys(due, now)
        return told


def _not_sooner(part: Part) -> float:
    return NOT_SOONER_OF.get(Topic(part[1]), NOT_SOONER)


def touched_parts() -> list[Part]:
    return list(LiveTouch.objects.order_by().values_list("meeting_id", "topic").distinct())


@transaction.atomic
def tell(due: Iterable[Part], draw: Draw) -> int:
    """Take, draw, number, wake: what is drawn is at least as new as what was taken."""
    by_meeting: dict[UUID, list[str]] = {}
    for meeting_id, topic in sorted(due):
        LiveTouch.objects.filter(meeting=meeting_id, topic=topic).delete()
        by_meeting.setdefault(meeting_id, []).append(topic)
    meetings = Meeting.objects.select_related("record__authority", "record__wording")
    told: dict[str, int] = {}
    count = 0
    for meeting in meetings.filter(pk__in=by_meeting):
        drawn = [(topic, _drawn(draw, topic, meeting)) for topic in by_meeting[meeting.pk]]
        if made := _numbered(meeting.pk, [(topic, said) for topic, said in drawn if said]):
            told[meeting.pk.hex] = made[-1].number
            count += len(made)
    if told:
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps(told, separators=(",", ":"))])
    return count


def _drawn(draw: Draw, topic: str, meeting: Meeting) -> dict[str, str]:
    """A drawing that fails is told to whoever reads the logs, and holds nothing else back."""
    try:
        with transaction.atomic():
            return draw(Topic(topic), meeting)
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        logger.exception("the topic %s of the meeting %s can't be drawn", topic, meeting.pk)
        return {}


def _numbered(meeting_id: UUID, drawn: list[tuple[str, dict[str, str]]]) -> list[LiveEvent]:
    """What came before of the same topic keeps its number and loses its words: some may be hidden since."""
    if not drawn:
        return []
    first = last_number(meeting_id) + 1
    topics = [topic for topic, _said in drawn]
    LiveEvent.objects.filter(meeting=meeting_id, topic__in=topics).exclude(said={}).update(said={})
    return LiveEvent.objects.bulk_create(
        LiveEvent(meeting_id=meeting_id, number=number, topic=topic, said=said)
        for number, (topic, said) in enumerate(drawn, first)
    )
