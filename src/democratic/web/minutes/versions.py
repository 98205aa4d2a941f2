"""Each version of the minutes, and what it changed of the one before, line by line."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.meetings.minutes.differences import Change, Line, differences, lines_of
from democratic.participation.meetings.minutes.models import Minutes
from democratic.participation.meetings.minutes.queries import blocks_of, shown_versions
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.web.formats import day, number
from democratic.web.minutes.access import page_of
from democratic.web.minutes.page import state_of, trail_of
from democratic.web.pages import Main
from democratic.web.places import at


def build_versions_page(meeting: Meeting, now: datetime) -> Main:
    """Three questions to the database."""
    versions = list(shown_versions(meeting))
    blocks = blocks_of(versions)
    lines = {each.pk: lines_of(blocks[each.pk], each.catch_up) for each in versions}
    changes = {newer.pk: differences(lines[older.pk], lines[newer.pk]) for newer, older in pairwise(versions)}
    minutes = (_("Compte rendu"), page_of(meeting, "compte-rendu"))
    context = {
        "prefix": at(""),
        "trail": trail_of(meeting, _("Versions"), minutes),
        "meeting_title": title_of(meeting.record),
        "versions": [_version(meeting, each, changes.get(each.pk), now) for each in versions],
    }
    title = _("Versions du compte rendu : %(title)s") % {"title": title_of(meeting.record)}
    return Main("web/minutes/versions.html", context, title, section="agenda")


def _version(meeting: Meeting, minutes: Minutes, changes: list[Line] | None, now: datetime) -> dict[str, Any]:
    return {
        "n": minutes.version,
        "on": day(minutes.proposed_at),
        "state": state_of(minutes, now),
        "is_first": changes is None,
        "told": _told(changes or []),
        "lines": [
            {"change": line.change, "text": meeting.record.spoken(line.text), "same": _same(line)}
            for line in changes or []
        ],
    }


def _told(changes: list[Line]) -> str:
    """« 2 lignes ajoutées, 1 ligne retirée »."""
    added = sum(line.change == Change.ADDED for line in changes)
    removed = sum(line.change == Change.REMOVED for line in changes)
    return ", ".join(
        words % {"n": number(n)}
        for n, words in (
            (added, ngettext("%(n)s ligne ajoutée", "%(n)s lignes ajoutées", added)),
            (removed, ngettext("%(n)s ligne retirée", "%(n)s lignes retirées", removed)),
        )
        if n
    )


def _same(line: Line) -> str:
    if line.text or line.change != Change.SAME:
        return ""
    return ngettext("%(n)s ligne inchangée", "%(n)s lignes inchangées", line.n) % {"n": number(line.n)}
