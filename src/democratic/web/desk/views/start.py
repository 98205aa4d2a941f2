"""« Premiers réglages »: the steps of a new authority, where each is, and the next one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from democratic.communities.settling.actions import set_step_aside, take_step_up
from democratic.communities.settling.queries import steps_of
from democratic.communities.settling.states import SETTLED, Judged, StepState
from democratic.communities.steps import SetAside, Step
from democratic.kernel.refusals import Refusal
from democratic.thread.rules import is_administrator
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_administrators, for_agents
from democratic.web.desk.forms.handovers import called
from democratic.web.desk.pages import desk_page
from democratic.web.desk.steps import FROM_START, TOLD
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.requests import Request, someone

TITLE = gettext_lazy("Premiers réglages")
# The knots of the thread: tied, being tied, to come.
_LOOKS = {StepState.DONE: "done", StepState.TO_COMPLETE: "now"}


def start_path() -> str:
    return at("/bureau/demarrer")


@require_GET
@for_agents
def steps(request: Request) -> HttpResponse:
    found = steps_of(request.authority, request.clock.now())
    may_act = bool(is_administrator(request.viewer))
    context = progress_of(found) | {
        "rows": [_row(each) for each in found],
        "may_act": may_act,
    }
    return desk_page(request, "start.html", context, title=TITLE)


def progress_of(found: list[Judged]) -> dict[str, Any]:
    """For the picture of the thread, its sentence, and the step that comes next."""
    left = [each for each in found if each.state not in SETTLED]
    return {
        "knots": [_LOOKS.get(each.state, "ahead") for each in found],
        "done": sum(each.state == StepState.DONE for each in found),
        "total": len(found),
        "aside": sum(each.state == StepState.SET_ASIDE for each in found),
        "next": _row(left[0]) if left else None,
    }


def _row(judged: Judged) -> dict[str, Any]:
    told, is_done = TOLD[judged.step], judged.state == StepState.DONE
    aside = judged.aside
    return {
        "step": judged.step.value,
        "name": judged.step.label,
        "look": _LOOKS.get(judged.state, "ahead"),
        "state": judged.state.label,
        "is_done": is_done,
        "is_aside": aside is not None,
        "aside": _who_left_it(aside) if aside else "",
        "why": told.why,
        "minutes": told.minutes,
        "lacks": judged.lacks,
        "notes": judged.notes,
        "verb": _("Revoir") if is_done else told.verb,
        "url": _from_here(told.path),
        "more": [(label, _from_here(path)) for label, path in told.more],
    }


def _from_here(path: str) -> str:
    return at(f"{path}?depuis={FROM_START}")


def _who_left_it(aside: SetAside) -> str:
    if aside.by is None:
        return _("Mis de côté le %(day)s.") % {"day": day(aside.at)}
    return _("Mis de côté par %(name)s le %(day)s.") % {"name": called(aside.by), "day": day(aside.at)}


@require_POST
@for_administrators
def set_aside(request: Request, step: str) -> HttpResponse:
    try:
        spend_a_write(request)
        set_step_aside(
            authority=request.authority, step=_step(step), by=someone(request), clock=request.clock
        )
        messages.success(request, _("C’est mis de côté. Vous le reprendrez quand vous voudrez."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(start_path())


@require_POST
@for_administrators
def take_up(request: Request, step: str) -> HttpResponse:
    try:
        spend_a_write(request)
        take_step_up(authority=request.authority, step=_step(step))
        messages.success(request, _("C’est repris."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(start_path())


def _step(named: str) -> Step:
    try:
        return Step(named)
    except ValueError as unknown:
        raise Http404 from unknown
