"""What is told of a meeting: that it moved, that it is tomorrow, that a place is free."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from democratic.notices.texts import Text
from democratic.notices.told import Told
from democratic.participation.meetings.arrivals.models import Registration
from democratic.participation.meetings.arrivals.places import confirm_before
from democratic.participation.meetings.arrivals.registering import way_back
from democratic.participation.meetings.arrivals.registrations import registered_people
from democratic.participation.meetings.models import Meeting
from democratic.thread.addresses import public_url
from democratic.thread.journal.lines import JournalLine
from democratic.thread.models import Record


def when(meeting: Meeting, moment: datetime | None = None) -> str:
    """On the authority's own clock, in the active language."""
    local = (moment or meeting.starts_at).astimezone(ZoneInfo(meeting.record.authority.time_zone))
    return _("%(day)s à %(hour)s") % {"day": date_format(local, "l j F Y"), "hour": date_format(local, "H:i")}


def changed(line: JournalLine, record: Record) -> Told | None:
    """The hour or the place; what has no reason moved neither."""
    return _told("meeting_changed", record, dict(line.words)) if line.words.get("reason") else None


def postponed(line: JournalLine, record: Record) -> Told:
    return _told("meeting_postponed", record, dict(line.words))


def cancelled(line: JournalLine, record: Record) -> Told:
    return _told("meeting_cancelled", record, dict(line.words))


def _told(purpose: str, record: Record, words: dict[str, str]) -> Told:
    meeting = Meeting.objects.select_related("record__wording", "record__authority").get(pk=record.pk)
    return Told(
        purpose,
        registered_people(record.pk),
        {record.pk},
        lambda language: moved_text(purpose, meeting, words, language),
        is_for_process=False,
    )


def moved_text(purpose: str, meeting: Meeting, words: dict[str, str], language: str) -> Text:
    with override(language):
        title = meeting.record.title
        subjects = {
            "meeting_changed": _("Rencontre changée : %(title)s"),
            "meeting_postponed": _("Rencontre reportée : %(title)s"),
            "meeting_cancelled": _("Rencontre annulée : %(title)s"),
        }
        is_off = purpose == "meeting_cancelled"
        lines = [
            title,
            ""
            if is_off
            else _("Elle a lieu %(when)s, %(place)s.") % {"when": when(meeting), "place": meeting.place},
            words.get("reason", ""),
            words.get("function", ""),
            "" if is_off else _("Votre place reste gardée."),
        ]
        return _text(subjects[purpose] % {"title": title}, lines, _page(meeting, language))


def reminder_text(meeting: Meeting, language: str) -> Text:
    with override(language):
        title = meeting.record.title
        lines = [
            _("Vous êtes inscrite ou inscrit à « %(title)s ».") % {"title": title},
            _("C’est %(when)s, %(place)s.") % {"when": when(meeting), "place": meeting.place},
            meeting.access,
            _("Vous ne pouvez plus venir ? Dites-le en un geste sur sa page : quelqu’un attend votre place."),
        ]
        return _text(_("Bientôt : %(title)s") % {"title": title}, lines, _page(meeting, language))


def offer_text(registration: Registration, meeting: Meeting, language: str) -> Text:
    with override(language):
        title, until = meeting.record.title, confirm_before(registration, meeting)
        lines = [
            _("Une place se libère pour vous : « %(title)s ».") % {"title": title},
            _("%(when)s, %(place)s.") % {"when": when(meeting).capitalize(), "place": meeting.place},
            _("Dites oui avant %(when)s ; ensuite, elle va à la personne suivante.")
            % {"when": when(meeting, until)},
        ]
        path = f"/rencontres/{meeting.record.code}/inscription/{way_back(registration)}"
        link = public_url(meeting.record.authority, path, language)
        return _text(_("Une place pour vous : %(title)s") % {"title": title}, lines, link)


def _page(meeting: Meeting, language: str) -> str:
    return public_url(meeting.record.authority, f"/rencontres/{meeting.record.code}", language)


def _text(subject: str, lines: list[str], link: str) -> Text:
    return Text(subject, "\n\n".join([*(line for line in lines if line), link]), link)
