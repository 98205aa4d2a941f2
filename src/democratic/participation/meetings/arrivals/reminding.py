"""When who registered is reminded: the day before, in daytime; earlier when that day is off."""

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from civics.reach.quiet import QuietHours
from democratic.participation.meetings.arrivals.models import Registration

QUIET = QuietHours()


def reminder_moment(starts_at: datetime, zone: str) -> datetime:
    day = starts_at.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    moment = datetime.combine(day, time(QUIET.ends), ZoneInfo(zone))
    while QUIET.are_on(moment):
        moment -= timedelta(days=1)
    return moment


def mark_reminded(meeting_id: UUID, now: datetime) -> set[UUID]:
    """Those who were not yet, each once whoever runs it. In the caller's transaction."""
    kept = Registration.objects.filter(
        meeting=meeting_id, state=Registration.State.KEPT, reminded_at=None
    ).select_for_update(skip_locked=True, of=("self",))
    rows = list(kept)
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
    return {row.person_id for row in rows}
