"""One meeting: what to know before, how to come, and after it who was there and what was said."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from democratic.participation.meetings.agenda.preparing import items_of
from democratic.participation.meetings.arrivals.queries import listed_names
from democratic.participation.meetings.models import Briefing, Meeting
from democratic.participation.meetings.queries import Change, account_of, changes_of, discussed_in
from democratic.participation.meetings.states import MeetingState
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feed_links import Form, feeds_of
from democratic.web.formats import day, hours, number
from democratic.web.meetings.later import later_in_words
from democratic.web.meetings.public.after import after_meeting
from democratic.web.meetings.public.place import place_box
from democratic.web.meetings.public.video import way_to
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.words import ORIGINS

HINT, MOST_NAMED = 160, 200


def build_meeting_page(viewer: Viewer, meeting: Meeting, now: datetime) -> Main:
    record, path = meeting.record, record_path(Kind.MEETING, meeting.record.code)
    title, text = title_of(record), record.wording.text if record.wording else ""
    context = {
        "prefix": at(""),
        "meeting": meeting,
        "title": title,
        "text": text,
        "withdrawal": getattr(record, "withdrawal", None),
        "trail": [(_("Agenda"), at("/agenda")), (title, "")],
        **_when(meeting, viewer, now),
        **_told(viewer, meeting),
        **_convened(meeting),
        "changes": [_change(each) for each in changes_of(meeting)],
        "briefing": _briefing(meeting),
        "items": [
            {"title": record.spoken(item.title), "state": item.state, "minutes": item.minutes}
            for item in items_of(meeting)
        ],
        "later": later_in_words(meeting.later_hours),
        "way": way_to(meeting, now),
        "is_live": record.state == MeetingState.LIVE,
        "live_url": f"{path}/direct",
        "wall_url": f"{path}/questions",
        "enter_url": at("/entrer"),
        "box": place_box(meeting, now),
        "fil_url": fil_path(record.code) if record.audience.is_public else "",
        "after": after_meeting(meeting) if meeting.closed_at or record.state == MeetingState.HELD else [],
    }
    feeds = feeds_of(f"/rencontres/{record.code}", (Form.ICAL,)) if record.audience.is_public else ()
    return Main("web/meetings/public/page.html", context, title, text[:HINT], "agenda", feeds=feeds)


def _when(meeting: Meeting, viewer: Viewer, now: datetime) -> dict[str, Any]:
    zone = ZoneInfo(viewer.authority.time_zone)
    starts, today = meeting.starts_at.astimezone(zone), now.astimezone(zone).date()
    state = meeting.record.state
    is_over = state in (MeetingState.CLOSED, MeetingState.HELD) or starts.date() < today
    return {
        "when": f"{day(starts.date(), 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
        "iso": meeting.starts_at.isoformat(),
        "is_cancelled": state == MeetingState.CANCELLED,
        "is_today": starts.date() == today,
        "is_past": is_over and state not in (MeetingState.LIVE, MeetingState.CANCELLED),
    }


def _told(viewer: Viewer, meeting: Meeting) -> dict[str, Any]:
    account, published_at = account_of(meeting)
    return {
        "present": present_of(meeting),
        "named": named_in(meeting),
        "account": meeting.record.spoken(account),
        "published_on": day(published_at) if published_at else "",
        "themes": [
            (title_of(theme), record_path(theme.kind, theme.code)) for theme in discussed_in(viewer, meeting)
        ],
    }


def _convened(meeting: Meeting) -> dict[str, Any]:
    """In a process, by a body, both or neither."""
    process, body = meeting.process, meeting.body
    return {
        "process_title": title_of(process.record) if process else "",
        "process_url": process_path(process.slug) if process else "",
        "body_title": body.name if body else "",
        "body_url": record_path(Kind.ORGANISATION, body.record.code) if body else "",
    }


def _change(change: Change) -> dict[str, str]:
    said = {
        "meeting_changed": _("Changée le %(day)s"),
        "meeting_postponed": _("Reportée le %(day)s"),
        "meeting_cancelled": _("Annulée le %(day)s"),
    }
    was = _("Elle était prévue le %(day)s.") % {"day": day(change.was, "weekday")} if change.was else ""
    return {
        "title": said[change.kind] % {"day": day(change.at)},
        "reason": change.reason,
        "function": change.function,
        "was": was,
    }


def _briefing(meeting: Meeting) -> list[tuple[str, str]]:
    written = Briefing.objects.filter(meeting=meeting).first()
    if written is None:
        return []
    parts = (
        (_("L’enjeu"), written.stakes),
        (_("Ce qui a déjà été dit"), written.said),
        (_("Ce qu’il faut décider"), written.to_decide),
        (_("Qui décide"), written.who_decides),
    )
    return [(name, meeting.record.spoken(text)) for name, text in parts if text]


def named_in(meeting: Meeting) -> dict[str, Any] | None:
    """Who agreed to it, once it is over."""
    if meeting.closed_at is None:
        return None
    names, n = listed_names(meeting, limit=MOST_NAMED)
    return {"names": ", ".join(names), "more": n - len(names)} if names else None


def present_of(meeting: Meeting) -> list[tuple[str, str, str]]:
    """(origin, word, number) of each seat: announced ones first, one that nobody took says 0."""
    counts = meeting.present
    seats = [*meeting.seats, *(seat for seat in counts if seat not in meeting.seats)]
    return [(seat, str(ORIGINS[seat]), number(counts.get(seat, 0))) for seat in seats] if counts else []
