"""Street sessions as pages say them: when, in which state, and those of a process on its page."""

from datetime import datetime
from zoneinfo import ZoneInfo

from democratic.participation.processes.models import Process
from democratic.participation.reports.home import title_of
from democratic.participation.street.models import StreetSession
from democratic.participation.street.queries import sessions_to_read
from democratic.participation.street.states import SessionState
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.formats import day, hours, typo
from democratic.web.places import record_path

MOST = 3
TONES = {SessionState.PLANNED: "soon", SessionState.HELD: "", SessionState.VALIDATED: "done"}


def when_of(session: StreetSession) -> str:
    zone = ZoneInfo(session.record.authority.time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return f"{day(starts.date(), 'weekday')}, {hours(session.starts_at, ends)}"


def state_pill(session: StreetSession) -> tuple[str, str]:
    state = SessionState(session.record.state)
    return str(state.label), TONES[state]


def outings_of(viewer: Viewer, process: Process, now: datetime) -> list[dict[str, str]]:
    """Those that come first, the soonest at their head; then those that were. One query."""
    return [_row(each) for each in sessions_to_read(viewer, process.pk, now, limit=MOST)]


def _row(session: StreetSession) -> dict[str, str]:
    label, tone = state_pill(session)
    return {
        "title": typo(title_of(session.record)),
        "url": record_path(Kind.STREET_SESSION, session.record.code),
        "when": when_of(session),
        "place": session.record.place,
        "state": label,
        "tone": tone,
    }
