"""The agenda, and one meeting: its seats before, who was there and what was said after."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import account_of, agenda, discussed_in, get_meeting_for
from democratic.participation.processes.models import Process
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feed_links import EVERY_FORM, Form, feeds_of
from democratic.web.formats import day, hour, hours, number, typo
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.processes.after_meeting import after_meeting
from democratic.web.processes.paging import Paging, pager
from democratic.web.processes.phrases import near
from democratic.web.words import ORIGINS


def date_row(meeting: Meeting, viewer: Viewer, today: date) -> dict[str, object]:
    """What parts/dates.html shows. The year is said when it is not this one."""
    starts = meeting.starts_at.astimezone(ZoneInfo(viewer.authority.time_zone))
    weekday = str(WEEKDAYS[starts.weekday()]).capitalize()
    when = f"{weekday} {starts.year}" if starts.year != today.year else weekday
    return {
        "date": starts.date(),
        "title": typo(title_of(meeting.record)),
        "url": record_path(Kind.MEETING, meeting.record.code),
        "meta": f"{when}, {hours(meeting.starts_at, meeting.ends_at)}, {meeting.place}",
        "origins": meeting.seats,
    }


def when_of(meeting: Meeting, viewer: Viewer, today: date) -> str:
    """« Aujourd’hui, 19 h », « Mardi, 19 h » within a week, « 5 novembre » further."""
    starts = meeting.starts_at.astimezone(ZoneInfo(viewer.authority.time_zone))
    left = (starts.date() - today).days
    if left <= 0:
        return _("Aujourd’hui, %(hour)s") % {"hour": hour(meeting.starts_at)}
    if left < 7:  # noqa: PLR2004  a weekday names one day in the coming week only
        return f"{str(WEEKDAYS[starts.weekday()]).capitalize()}, {hour(meeting.starts_at)}"
    return near(starts.date(), today)


def build_agenda(viewer: Viewer, paging: Paging, today: date, process: Process | None) -> Main:
    page = agenda(
        viewer,
        today,
        offset=paging.offset,
        limit=paging.size,
        process_id=process.pk if process else None,
    )
    total = page.total_ahead + page.total_past
    shown = len(page.ahead) + len(page.past)
    only = title_of(process.record) if process else ""
    context = {
        "prefix": at(""),
        "trail": [(_("Agenda"), "")],
        "only": only,
        "only_url": process_path(process.slug) if process else "",
        "ahead": [date_row(meeting, viewer, today) for meeting in page.ahead],
        "past": [date_row(meeting, viewer, today) for meeting in page.past],
        "total_ahead": page.total_ahead,
        "total_past": page.total_past,
        "is_first": paging.number == 1,
        "pager": pager(paging, shown, total, at("/agenda"), concertation=process.slug if process else ""),
        "empty": _nothing_planned(),
    }
    feeds = feeds_of("/agenda", EVERY_FORM, query=f"concertation={process.slug}" if process else "")
    return Main("web/processes/agenda.html", context, _("Agenda"), section="agenda", feeds=feeds)


def _nothing_planned() -> dict[str, object]:
    return {
        "what": _("Aucune rencontre n’est annoncée"),
        "why": _("Une rencontre s’annonce ici avec sa date, son lieu et les façons d’y prendre part."),
        "who": _("Les services de la collectivité les annoncent ; sans attendre, on peut dire son idée."),
        "action": (_("Voir les concertations"), at("/participer")),
    }


def build_meeting_page(viewer: Viewer, code: str, today: date) -> Main:
    """Raises RecordNotFound."""
    meeting = get_meeting_for(viewer, code)
    record, process = meeting.record, meeting.process
    starts = meeting.starts_at.astimezone(ZoneInfo(viewer.authority.time_zone))
    account, published_at = account_of(meeting)
    title, text = title_of(record), record.wording.text if record.wording else ""
    context = {
        "prefix": at(""),
        "meeting": meeting,
        "title": title,
        "text": text,
        "withdrawal": getattr(record, "withdrawal", None),
        "trail": [(_("Agenda"), at("/agenda")), (title, "")],
        "when": f"{day(starts.date(), 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
        "iso": meeting.starts_at.isoformat(),
        "is_today": starts.date() == today,
        "is_past": starts.date() < today,
        "present": present_of(meeting),
        "account": record.spoken(account),
        "published_on": day(published_at) if published_at else "",
        "themes": [
            (title_of(theme), record_path(theme.kind, theme.code)) for theme in discussed_in(viewer, meeting)
        ],
        "process_title": title_of(process.record),
        "process_url": process_path(process.slug),
        "fil_url": fil_path(record.code),
        "after": after_meeting(meeting) if meeting.closed_at or record.state == "held" else [],
    }
    return Main(
        "web/processes/meeting.html",
        context,
        title,
        text[:160],
        "agenda",
        feeds=feeds_of(f"/rencontres/{code}", (Form.ICAL,)),
    )


def present_of(meeting: Meeting) -> list[tuple[str, str, str]]:
    """(origin, word, number) of each seat: announced ones first, one that nobody took says 0."""
    counts = meeting.present
    seats = [*meeting.seats, *(seat for seat in counts if seat not in meeting.seats)]
    return [(seat, str(ORIGINS[seat]), number(counts.get(seat, 0))) for seat in seats] if counts else []
