"""The box where one keeps a place: what is free, what is full, and until when."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.meetings.arrivals.places import Places, places_of
from democratic.participation.meetings.arrivals.registering import takes_registrations
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Kind
from democratic.web.formats import number
from democratic.web.places import record_path
from democratic.web.words import ORIGINS


def register_path(meeting: Meeting) -> str:
    return record_path(Kind.MEETING, meeting.record.code) + "/inscription"


def place_box(meeting: Meeting, now: datetime) -> dict[str, Any] | None:
    """None when one comes without registering."""
    if not meeting.takes_registrations:
        return None
    places = places_of(meeting)
    return {
        "is_open": takes_registrations(meeting, now),
        "is_full": bool(places) and all(each.is_full for each in places.values()),
        "seats": [(seat, str(ORIGINS[seat]), in_words(each)) for seat, each in places.items()],
        "url": register_path(meeting),
    }


def in_words(places: Places) -> str:
    if places.capacity is None:
        return _("Autant de places qu’il en faut")
    if places.is_full:
        return _("Complet : liste d’attente")
    left = places.left or 0
    return ngettext("%(n)s place libre", "%(n)s places libres", left) % {"n": number(left)}
