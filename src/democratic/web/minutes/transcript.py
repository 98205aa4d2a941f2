"""What was said, line by line: each opens its moment of the recording."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.captions.chapters import clock
from democratic.participation.meetings.minutes.models import Recording
from democratic.participation.meetings.minutes.moments import moment_in, url_at
from democratic.participation.meetings.minutes.queries import recordings_of
from democratic.participation.meetings.minutes.transcript import (
    MARK_START,
    MARK_STOP,
    Line,
    lines_of,
    lines_that_say,
)
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.web.formats import day, hour, number
from democratic.web.minutes.access import page_of
from democratic.web.minutes.page import trail_of
from democratic.web.pages import Main, as_safe
from democratic.web.places import at
from democratic.web.processes.paging import Paging, pager

LINES = 150
LONGEST_QUERY = 200


def build_transcript_page(meeting: Meeting, words: str, paging: Paging) -> Main:
    """Five questions to the database."""
    here = page_of(meeting, "transcription")
    find = {"offset": paging.offset, "limit": paging.size}
    found, total = lines_that_say(meeting, words, **find) if words else lines_of(meeting, **find)
    recordings = recordings_of(meeting)
    title = _("Transcription : %(title)s") % {"title": title_of(meeting.record)}
    context = {
        "prefix": at(""),
        "trail": trail_of(meeting, _("Transcription")),
        "meeting_title": title_of(meeting.record),
        "meeting_on": day(meeting.starts_at, "weekday"),
        "search": {
            "action": here,
            "label": _("Chercher dans ce qui s’est dit"),
            "value": words,
            "placeholder": _("Un mot, une expression"),
        },
        "found": _found(total, words),
        "lines": [_row(line, recordings, here if words else "") for line in found],
        "pager": pager(paging, len(found), total, here, q=words),
        "file_url": f"{here}/sous-titres.vtt",
        "whole_url": here if words else "",
    }
    return Main("web/minutes/transcript.html", context, title, section="agenda")


def _found(total: int, words: str) -> str:
    if not words:
        return ngettext("%(n)s ligne", "%(n)s lignes", total) % {"n": number(total)}
    if not total:
        return _("Aucune ligne ne dit cela.")
    return ngettext("%(n)s ligne le dit", "%(n)s lignes le disent", total) % {"n": number(total)}


def _row(line: Line, recordings: Sequence[Recording], whole: str) -> dict[str, Any]:
    """``whole``: where all lines are read, to see what was said around it."""
    moment = moment_in(recordings, line.at)
    page = (line.n - 1) // LINES + 1
    return {
        "n": line.n,
        "at": clock(moment[1]) if moment else hour(line.at),
        "url": url_at(moment[0].url, moment[1]) if moment else "",
        "text": marked(line.text),
        "around": (f"{whole}?page={page}#l{line.n}" if page > 1 else f"{whole}#l{line.n}") if whole else "",
    }


def marked(text: str) -> SafeString:
    """Escaped first, then marked: nothing that was said can hold either sign."""
    return as_safe(escape(text).replace(MARK_START, "<mark>").replace(MARK_STOP, "</mark>"))
