"""Dates as iCalendar (RFC 5545), by the library that escapes and folds them. Moments are in UTC."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import get_language
from icalendar import Calendar, Event

from democratic.thread.models import Authority
from democratic.web.feeds.items import Appointment, Dates, address_of, language_of, tag_of

ASK_AGAIN = timedelta(hours=6)


def write_calendar(authority: Authority, dates: Dates) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//democraTIC//{(get_language() or 'fr').upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{dates.title} · {authority.name}"))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    for appointment in dates.appointments:
        calendar.add_component(_event(appointment.authority or authority, appointment))
    return bytes(calendar.to_ical())


def _event(authority: Authority, one: Appointment) -> Event:
    event = Event()
    event.add("uid", tag_of(authority, one.key))
    event.add("dtstamp", one.said_at.astimezone(UTC))
    event.add("dtstart", _in_utc(one.starts))
    event.add("dtend", _in_utc(one.ends))
    event.add("summary", _line(one.title), parameters={"LANGUAGE": language_of(one.title)})
    if one.text:
        event.add("description", str(one.text), parameters={"LANGUAGE": language_of(one.text)})
    if one.place:
        event.add("location", _line(one.place))
    event.add("url", address_of(authority, one.path))
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    if not isinstance(one.starts, datetime):
        event.add("transp", "TRANSPARENT")  # a stage, or a date promised, keeps nobody busy
    return event


def _in_utc(when: date) -> date:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _line(text: str) -> str:
    return " ".join(str(text).split())
