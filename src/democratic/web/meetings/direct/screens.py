"""The participant's screen and that of the room: plain pages, that say when they were made."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.meetings.arrivals.queries import attendance_of
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.queries import last_number, told_still
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.running_now import is_live, is_open_to_come
from democratic.participation.meetings.wall.rules import takes_questions
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.drawings import qr_path
from democratic.web.formats import hour
from democratic.web.meetings.direct import (
    drawings,  # noqa: F401  registers what it draws
    leading_drawing,  # noqa: F401  the same
)
from democratic.web.meetings.direct.my_turn import turn_of
from democratic.web.meetings.direct.places import PARTICIPANT, PROJECTOR, WALL, door_path, live_path, scanned
from democratic.web.meetings.direct.words import spaced
from democratic.web.meetings.public.video import way_to
from democratic.web.meetings.team import live_meeting_at
from democratic.web.meetings.topics import draw, is_drawn
from democratic.web.meetings.votes.mine import my_votes
from democratic.web.pages import Main, as_safe, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.shell import look_of
from democratic.web.words import ORIGINS

EVERY, MARGIN = 10, 4
FOLLOW = "suivre"
HEAVY = {Topic.FLOOR, Topic.TEAM, Topic.WALL}  # two thousand hands are placed, two thousand questions counted


def parts_of(meeting: Meeting, *topics: Topic) -> dict[str, Any]:
    """What is drawn of these; nothing for a topic that nothing draws. What weighs is not drawn again for each who looks."""
    told, language = told_still(meeting.pk, HEAVY & set(topics)), get_language() or ""
    return {
        topic.value: as_safe(told.get(topic, {}).get(language) or draw(topic, meeting))
        for topic in topics
        if is_drawn(topic)
    }


def seen(request: Request, meeting: Meeting, page: str) -> dict[str, Any]:
    """What every screen says of itself. It is made anew by itself only when one asks for it."""
    here, is_followed = live_path(meeting, page), request.GET.get(FOLLOW) == "1"
    followed = f"{here}?{FOLLOW}=1"
    return {
        "code": meeting.record.code,
        "title": title_of(meeting.record),
        "last": last_number(meeting.pk),
        "at": hour(request.clock.now()),
        "here": followed if is_followed else here,
        "follow": here if is_followed else followed,
        "is_followed": is_followed,
        "spaced": spaced(meeting.join_code) if meeting.join_code else "",
    }


def trail_of(meeting: Meeting, here: str) -> list[tuple[str, str]]:
    page = record_path(Kind.MEETING, meeting.record.code)
    return [(_("Agenda"), at("/agenda")), (title_of(meeting.record), page), (here, "")]


def refreshed(request: Request, response: HttpResponse) -> HttpResponse:
    """Every ten seconds, for whoever asked for it."""
    if request.GET.get(FOLLOW) == "1":
        response.headers["Refresh"] = str(EVERY)
    return response


@require_safe
def participant(request: Request, code: str) -> HttpResponse:
    meeting = live_meeting_at(request, code)
    hers = mine(request, meeting)
    context = {
        **seen(request, meeting, PARTICIPANT),
        **hers,
        # The door stands above, once: not again at each vote.
        "votes": my_votes(request, meeting, live_path(meeting)) if hers["came"] else "",
        "prefix": at(""),
        "trail": trail_of(meeting, _("En direct")),
        "parts": parts_of(
            meeting, Topic.STATE, Topic.CAPTIONS, Topic.SOUNDING, Topic.FLOOR, Topic.WALL, Topic.AGENDA
        ),
        **_ways(meeting, request.clock.now()),
        "phone": meeting.phone,
        "page": record_path(Kind.MEETING, meeting.record.code),
    }
    title = _("%(title)s, en direct") % {"title": title_of(meeting.record)}
    return refreshed(
        request, show(request, Main("web/meetings/direct.html", context, title, section="agenda"))
    )


def _ways(meeting: Meeting, now: datetime) -> dict[str, str]:
    """To the video (by its provider's address, or by ours that signs one), and to where one asks; empty when shut."""
    video = way_to(meeting, now)
    return {
        "video": video.url if video and video.is_open else "",
        "ask": f"{live_path(meeting, WALL)}#poser" if takes_questions(meeting, now) else "",
    }


def mine(request: Request, meeting: Meeting) -> dict[str, Any]:
    """What is hers, beside what all see: her seat, and her place in the queue."""
    came = attendance_of(meeting.pk, request.person)
    is_open = is_open_to_come(meeting, request.clock.now())
    return {
        "came": came is not None,
        "seat": came.seat if came else "",
        "seat_word": str(ORIGINS[came.seat]) if came else "",
        "name": came.name if came else "",
        "turn": turn_of(meeting, came.pk) if came else None,
        "is_live": is_live(meeting),
        "is_open": is_open,
        "door": door_path(meeting.join_code) if is_open and meeting.join_code else "",
        "ask_url": f"{live_path(meeting)}/parole",
        "key": uuid4().hex,
    }


@require_safe
def projector(request: Request, code: str) -> HttpResponse:
    meeting = live_meeting_at(request, code)
    is_dark = request.GET.get("salle") != "claire"
    told = seen(request, meeting, PROJECTOR)
    light = "" if is_dark else "salle=claire"
    if light:
        told |= {name: _with(told[name], light) for name in ("here", "follow")}
    drawn, side = qr_path(scanned(meeting)) if meeting.join_code else ("", 0)
    context = {
        **told,
        **look_of(request.authority.accent, request.authority.identity),
        "authority": request.authority,
        "language": request.LANGUAGE_CODE,
        "site": request.get_host(),
        "parts": parts_of(
            meeting, Topic.STATE, Topic.SOUNDING, Topic.FLOOR, Topic.WALL, Topic.AGENDA, Topic.CAPTIONS
        ),
        "qr": drawn,
        "qr_side": side + MARGIN,
        "every": EVERY if told["is_followed"] else 0,
        "is_dark": is_dark,
        "other_light": live_path(meeting, PROJECTOR) + ("?salle=claire" if is_dark else ""),
    }
    return render(request, "web/meetings/hall.html", context)


def _with(address: str, more: str) -> str:
    return f"{address}&{more}" if "?" in address else f"{address}?{more}"
