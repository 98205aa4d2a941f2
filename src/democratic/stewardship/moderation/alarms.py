"""From what was said and supported in a consultation to alarms: read by a person, never acted upon alone.

What an alarm points at joins the notices of the queue, marked as found by calculation; it stays published.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Max, Q

from civics.vigilance.acts import Act, Finding, Sign
from civics.vigilance.watching import watch
from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_code
from democratic.people.models import Person
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Alarm, Notice
from democratic.stewardship.moderation.rules import JUDGED
from democratic.thread.models import Origin, Record, Support, Visibility

LOOKED_AT = timedelta(days=14)  # its past is what tells what is usual
RECENT = timedelta(days=1)
MOST_WORDS, MOST_SUPPORTS = 4000, 20_000
NEW = timedelta(days=1)
# What an agent entered was said before her, by people whom she met.
SEEN = (Origin.WEB, Origin.CHAT, Origin.SMS, Origin.EMAIL, Origin.API)


def watch_everywhere(*, clock: Clock) -> int:
    """Each consultation where something was said or supported since yesterday. Returns the alarms raised or renewed."""
    now = clock.now()
    since = now - RECENT
    said = Record.objects.filter(kind__in=JUDGED, happened_at__gt=since, process__isnull=False)
    supported = Support.objects.filter(created_at__gt=since, record__process__isnull=False)
    moved = Q(pk__in=said.values("process")) | Q(pk__in=supported.values("record__process"))
    found = Record.objects.filter(moved).select_related("authority").order_by("pk")
    return sum(len(watch_over(process=process, clock=clock)) for process in found)


@transaction.atomic
def watch_over(*, process: Record, clock: Clock) -> list[Alarm]:
    """Twice does no more than once: an open alarm is renewed, and what a person closed is not raised again."""
    Record.objects.select_for_update(no_key=True).get(pk=process.pk)  # one watcher at a time
    now = clock.now()
    acts = [*_said(process, now), *_supported(process, now)]
    closed = dict(
        Alarm.objects.filter(process=process).exclude(closed_at=None)
        .values_list("kind").annotate(until=Max("last_at"))
    )  # fmt: skip
    by_sign: dict[Sign, list[Finding]] = defaultdict(list)
    for finding in watch(acts, since=(now - RECENT).timestamp()):
        until = closed.get(finding.sign.value)
        if until is None or finding.ended > until.timestamp():
            by_sign[finding.sign].append(finding)
    return [_raise(process, sign, found, now) for sign, found in by_sign.items()]


def _said(process: Record, now: datetime) -> Iterator[Act]:
    found = Record.objects.filter(
        process=process,
        kind__in=JUDGED,
        visibility=Visibility.PUBLIC,
        origin__in=SEEN,
        author__isnull=False,
        happened_at__gt=now - LOOKED_AT,
    ).order_by("-happened_at")
    zone = ZoneInfo(process.authority.time_zone)
    rows = found.values_list("pk", "author", "author__created_on", "happened_at", "wording__text")
    for pk, author, created, at, text in rows[:MOST_WORDS]:
        yield Act(pk, author, at.timestamp(), _is_new(created, at, zone), text or "")


def _supported(process: Record, now: datetime) -> Iterator[Act]:
    found = Support.objects.filter(record__process=process, created_at__gt=now - LOOKED_AT)
    zone = ZoneInfo(process.authority.time_zone)
    rows = found.order_by("-created_at").values_list(
        "pk", "person", "person__created_on", "created_at", "record"
    )
    for pk, person, created, at, record in rows[:MOST_SUPPORTS]:
        yield Act(f"support {pk}", person, at.timestamp(), _is_new(created, at, zone), target=record)


def _is_new(created: date, at: datetime, zone: ZoneInfo) -> bool:
    return at.astimezone(zone).date() - created <= NEW


def _raise(process: Record, sign: Sign, found: Sequence[Finding], now: datetime) -> Alarm:
    alarm, _created = Alarm.objects.update_or_create(
        process=process,
        kind=sign.value,
        closed_at=None,
        defaults={
            "authority": process.authority,
            "began_at": _moment(min(finding.began for finding in found)),
            "last_at": _moment(max(finding.ended for finding in found)),
            "acts": sum(finding.acts for finding in found),
            "usual": max(finding.usual for finding in found),
        },
    )
    # A key is a Record's id for what was said, and a text for a support: see ``_said`` and ``_supported``.
    flagged = [key for finding in found for key in finding.flagged if isinstance(key, UUID)]
    _give_notices(alarm, flagged, now)
    return alarm


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _give_notices(alarm: Alarm, records: Sequence[UUID], now: datetime) -> None:
    """One a word, once: what a person judged is not shown to her again for the same reason."""
    known = set(
        Notice.objects.filter(record__in=records, alarm__isnull=False).values_list("record", flat=True)
    )
    Notice.objects.bulk_create(
        [
            Notice(code=new_code(), record_id=pk, rule=Rule.COORDINATED, alarm=alarm, received_at=now)
            for pk in sorted(set(records) - known)
        ]
    )


@transaction.atomic
def close_alarm(*, alarm: Alarm, closed_by: Person, clock: Clock) -> None:
    """A person read it; a second tap changes nothing."""
    Alarm.objects.filter(pk=alarm.pk, closed_at=None).update(closed_at=clock.now(), closed_by=closed_by)
