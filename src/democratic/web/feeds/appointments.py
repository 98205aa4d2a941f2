"""Dates that people put in their own agenda: meetings, the stages of a process, what was promised and when."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from democratic.participation.commitments.models import Commitment, CommitmentState
from democratic.participation.commitments.queries import LATE, Filters, commitment_page
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import agenda, get_meeting_for
from democratic.participation.meetings.states import MeetingState
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import dues_by_process, get_process_for, timeline_of
from democratic.participation.processes.timeline import StepLine
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feeds.items import Appointment, Dates
from democratic.web.places import at, process_path, record_path

MOST = 200
_STILL_DUE = (CommitmentState.DUE.value, CommitmentState.DOING.value, LATE)
_DAY = timedelta(days=1)


def meetings(viewer: Viewer, today: date) -> Dates:
    page = agenda(viewer, today, offset=0, limit=MOST)
    return Dates(_("Agenda"), at("/agenda"), appointments_of_meetings([*page.ahead, *page.past]))


def meetings_of(viewer: Viewer, slug: str, today: date) -> Dates:
    """The agenda narrowed to one process. Raises RecordNotFound."""
    process = get_process_for(viewer, slug)
    page = agenda(viewer, today, offset=0, limit=MOST, process_id=process.pk)
    return Dates(title_of(process.record), at("/agenda"), appointments_of_meetings([*page.ahead, *page.past]))


def one_meeting(viewer: Viewer, code: str) -> Dates:
    """Raises RecordNotFound."""
    meeting = get_meeting_for(viewer, code)
    path = record_path(Kind.MEETING, code)
    return Dates(title_of(meeting.record), path, appointments_of_meetings([meeting]))


def process(viewer: Viewer, slug: str, today: date) -> Dates:
    """Its stages, whole days, then its meetings. Raises RecordNotFound."""
    found = get_process_for(viewer, slug)
    page = agenda(viewer, today, offset=0, limit=MOST, process_id=found.pk)
    owed = dues_by_process([found.pk], today)[found.pk]
    days = stage_days(found, timeline_of(found, owed, today))
    met = appointments_of_meetings([*page.ahead, *page.past])
    return Dates(title_of(found.record), process_path(slug), [*days, *met])


def stage_days(process: Process, lines: Iterable[StepLine]) -> list[Appointment]:
    record = process.record
    return [
        Appointment(
            f"concertations/{record.code}/{line.step}",
            f"{line.step.label} · {title_of(record)}",
            line.reason,
            "",
            process_path(process.slug),
            line.opens_on,
            line.closes_on + _DAY,
            record.happened_at,
        )
        for line in lines
    ]


def commitments(viewer: Viewer, today: date) -> Dates:
    """Each day on which something is promised and still due: the date as it was last put."""
    page = commitment_page(viewer.authority.pk, today, Filters(_STILL_DUE), size=MOST)
    dues = dues_of([each.pk for each in page.commitments], today)
    owed = [(each, dues.get((each.pk, Owed.COMMITMENT))) for each in page.commitments]
    days = [due_day(each, due) for each, due in owed if due is not None]
    return Dates(_("Les engagements"), at("/engagements"), days)


def due_day(commitment: Commitment, due: Due) -> Appointment:
    record = commitment.record
    return Appointment(
        f"paroles/{record.code}/echeance",
        title_of(record),
        _("Échéance d’un engagement. %(who)s le doit.") % {"who": commitment.service.name},
        "",
        record_path(Kind.COMMITMENT, record.code),
        due.due_on,
        due.due_on + _DAY,
        record.happened_at,
    )


def appointments_of_meetings(found: Iterable[Meeting]) -> list[Appointment]:
    listed = list(found)
    prefetch_related_objects(listed, "record__withdrawal")
    return [_meeting(each) for each in listed]


def _meeting(meeting: Meeting) -> Appointment:
    record = meeting.record
    return Appointment(
        f"paroles/{record.code}",
        title_of(record),
        record.text,
        meeting.place,
        record_path(Kind.MEETING, record.code),
        meeting.starts_at,
        meeting.ends_at,
        record.happened_at,
        is_cancelled=record.state == MeetingState.CANCELLED
        or getattr(record, "withdrawal", None) is not None,
    )
