"""The facilitator's screen, and each of its buttons. A refused act shows the screen as it stands, with the reason."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.agenda import actions as agenda
from democratic.participation.meetings.floor import actions as floor
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.models import Side
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.minutes.captioning import add_caption
from democratic.participation.meetings.models import Meeting, TeamRole
from democratic.participation.meetings.rules import can_aid, can_write_minutes, function_of, roles_in
from democratic.participation.meetings.running import close_meeting, open_meeting
from democratic.participation.meetings.running_now import is_live
from democratic.participation.meetings.states import NEXT, MeetingState
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import function_of as function_at_work
from democratic.web.ideas.intake import readable
from democratic.web.meetings.direct.places import (
    ANSWERS,
    FACILITATOR,
    PROJECTOR,
    SORTING,
    VOTES,
    live_path,
)
from democratic.web.meetings.direct.screens import parts_of, refreshed, seen, trail_of
from democratic.web.meetings.team import for_team, live_meeting_at
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request, someone

Act = Callable[[Request, Meeting], object]


@require_safe
@for_team(can_write_minutes, found=live_meeting_at)
def facilitator(request: Request, meeting: Meeting) -> HttpResponse:
    return _screen(request, meeting)


def _screen(request: Request, meeting: Meeting, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        **seen(request, meeting, FACILITATOR),
        "prefix": at(""),
        "trail": trail_of(meeting, _("Animer")),
        "parts": parts_of(meeting, Topic.STATE, Topic.TEAM, Topic.SOUNDING, Topic.WALL, Topic.CAPTIONS),
        "refusal": refusal and str(refusal.message),
        "is_live": is_live(meeting),
        "can_open": MeetingState.LIVE in NEXT[MeetingState(meeting.record.state)],
        "act": live_path(meeting, FACILITATOR),
        "hall": live_path(meeting, PROJECTOR),
        **_ways(request, meeting),
    }
    main = Main(
        "web/meetings/lead.html",
        context,
        _("Animer : %(title)s") % {"title": context["title"]},
        section="agenda",
        status=refusal.status if refusal else 200,
    )
    return refreshed(request, show(request, main))


def _ways(request: Request, meeting: Meeting) -> dict[str, str]:
    """To the pages of who answers and of who facilitates, and of nobody else."""
    ways = {"answers": live_path(meeting, ANSWERS)} if can_aid(request.viewer, meeting) else {}
    if TeamRole.FACILITATES not in roles_in(request.viewer, meeting):
        return ways
    return ways | {"votes": live_path(meeting, VOTES), "sorting": live_path(meeting, SORTING)}


@require_POST
@readable
@for_team(can_write_minutes, found=live_meeting_at)
def lead(request: Request, meeting: Meeting, act: str) -> HttpResponse:
    todo = ACTS.get(act)
    is_facilitator = TeamRole.FACILITATES in roles_in(request.viewer, meeting)
    if todo is None or not (is_facilitator or act in OF_WHO_WRITES):
        raise Http404
    try:
        spend_a_write(request)
        todo(request, meeting)
    except Refusal as refusal:
        return _screen(request, live_meeting_at(request, meeting.record.code), refusal)
    return redirect(live_path(meeting, FACILITATOR))


def _id(request: Request, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as bad:
        raise Http404 from bad


def _seen(request: Request) -> Seen:
    return Seen(_id(request, "seen") if request.POST.get("seen") else None)


def _function(request: Request, meeting: Meeting) -> str:
    return function_of(request.viewer, meeting) or function_at_work(request)


def _minutes(request: Request) -> int:
    typed = request.POST.get("minutes", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0  # noqa: PLR2004  at most 480


def _open(request: Request, meeting: Meeting) -> None:
    open_meeting(meeting_id=meeting.pk, clock=request.clock)


def _close(request: Request, meeting: Meeting) -> None:
    close_meeting(meeting_id=meeting.pk, clock=request.clock)


def _call(request: Request, meeting: Meeting) -> None:
    floor.call_next(
        meeting_id=meeting.pk, turn_id=_id(request, "turn"), seen=_seen(request), clock=request.clock
    )


def _call_early(request: Request, meeting: Meeting) -> None:
    floor.call_early(
        meeting_id=meeting.pk,
        turn_id=_id(request, "turn"),
        seen=_seen(request),
        reason=request.POST.get("reason", ""),
        function=_function(request, meeting),
        by=someone(request),
        clock=request.clock,
    )


def _end(request: Request, meeting: Meeting) -> None:
    floor.end_turn(meeting_id=meeting.pk, turn_id=_id(request, "turn"), clock=request.clock)


def _raise(request: Request, meeting: Meeting) -> None:
    floor.raise_hand(meeting_id=meeting.pk, name=request.POST.get("name", ""), clock=request.clock)


def _lower(request: Request, meeting: Meeting) -> None:
    floor.withdraw_turn(meeting_id=meeting.pk, turn_id=_id(request, "turn"))


def _answer(request: Request, meeting: Meeting) -> None:
    name = request.POST.get("name", "")
    floor.give_floor(
        meeting_id=meeting.pk, name=name, side=Side.ELECTED, seen=_seen(request), clock=request.clock
    )


def _rule(request: Request, meeting: Meeting) -> None:
    rule, function = request.POST.get("rule", ""), _function(request, meeting)
    floor.switch_rule(meeting_id=meeting.pk, rule=rule, function=function, clock=request.clock)


def _add_item(request: Request, meeting: Meeting) -> None:
    agenda.add_item(meeting_id=meeting.pk, title=request.POST.get("title", ""), minutes=_minutes(request))


def _start_item(request: Request, meeting: Meeting) -> None:
    agenda.start_item(meeting_id=meeting.pk, item_id=_id(request, "item"), clock=request.clock)


def _end_item(request: Request, meeting: Meeting) -> None:
    agenda.end_item(meeting_id=meeting.pk, item_id=_id(request, "item"), clock=request.clock)


def _sooner(request: Request, meeting: Meeting) -> None:
    agenda.move_item(meeting_id=meeting.pk, item_id=_id(request, "item"), by=-1)


def _later(request: Request, meeting: Meeting) -> None:
    agenda.move_item(meeting_id=meeting.pk, item_id=_id(request, "item"), by=1)


def _caption(request: Request, meeting: Meeting) -> None:
    add_caption(meeting_id=meeting.pk, text=request.POST.get("text", ""), clock=request.clock)


OF_WHO_WRITES = {"sous-titre"}
ACTS: dict[str, Act] = {
    "ouvrir": _open,
    "fermer": _close,
    "appeler": _call,
    "avant-son-tour": _call_early,
    "finir": _end,
    "lever": _raise,
    "baisser": _lower,
    "repond": _answer,
    "regle": _rule,
    "point-ajouter": _add_item,
    "point-commencer": _start_item,
    "point-finir": _end_item,
    "point-plus-tot": _sooner,
    "point-plus-tard": _later,
    "sous-titre": _caption,
}
