"""Votes as every screen shows them: how many are in while one votes, what was found once it is over."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.queries import soundings_shown
from democratic.participation.meetings.soundings.results import results_of
from democratic.web.formats import day, hour
from democratic.web.meetings.topics import draws
from democratic.web.meetings.votes.blank import form_of
from democratic.web.meetings.votes.figures import figure_of
from democratic.web.meetings.votes.places import vote_path
from democratic.web.meetings.votes.words import how, labels_of, received

SHOWN = 5  # on a screen: those that are open, then the last ones


@draws(Topic.SOUNDING)
def draw_votes(meeting: Meeting) -> str:
    """Empty as long as nothing was voted. With a blank form of each that is open, which the script of who is here shows."""
    shown = soundings_shown(meeting, limit=SHOWN)
    if not shown:
        return ""
    votes = [drawn(each) | {"blank": _blank(each)} for each in shown]
    return render_to_string("web/meetings/votes/live.html", {"votes": votes})


def _blank(sounding: Sounding) -> dict[str, Any] | None:
    return {**form_of(sounding, []), "may_vote": True} if sounding.closed_at is None else None


def drawn(sounding: Sounding) -> dict[str, Any]:
    """One vote; ``voices_n`` when it comes from ``soundings_shown``. With its options."""
    is_open = sounding.closed_at is None
    results = None if is_open and sounding.is_hidden else results_of(sounding)
    return {
        "code": sounding.record.code,
        "title": sounding.record.title,
        "text": sounding.record.text,
        "url": vote_path(sounding),
        "how": how(sounding),
        "is_open": is_open,
        "is_hidden": is_open and sounding.is_hidden,
        "received": received(getattr(sounding, "voices_n", 0)) if is_open else "",
        "until": until(sounding),
        "options": list(labels_of(sounding).values()) if is_open else [],
        "again_of": sounding.again_of.record.title if sounding.again_of else "",
        "result": figure_of(sounding, results) if results else None,
    }


def until(sounding: Sounding) -> str:
    """« le 22 octobre, 19 h »: until when who was not there may vote; empty when nobody may."""
    if sounding.later_until is None or sounding.is_final:
        return ""
    return _("%(day)s, %(hour)s") % {"day": day(sounding.later_until), "hour": hour(sounding.later_until)}
