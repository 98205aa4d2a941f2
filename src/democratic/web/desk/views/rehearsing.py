"""The rehearsal of a process: asked for at the desk, played by the worker elsewhere, read here."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.processes.models import Process
from democratic.rehearsal.script import CannotRehearse, script_of
from democratic.rehearsal.shelf import ASKED, DONE, FAILED, PLAYING, Shelf, Told
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, number
from democratic.web.requests import Request
from democratic.web.words import days_late

REHEARSAL = "essai"
NAMES = {
    "page": gettext_lazy("La concertation"),
    "paroles": gettext_lazy("Les paroles"),
    "entendu": gettext_lazy("Ce qu’on a entendu"),
    "reponses": gettext_lazy("Les réponses"),
    "bilan": gettext_lazy("Le bilan"),
}


@require_http_methods(["GET", "POST"])
@for_agents
def rehearsal(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    shelf, here = Shelf.of(process.pk), process_desk_path(process, REHEARSAL)
    if request.method == "POST":
        try:
            spend_a_write(request)
            _ask(process, shelf)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        return redirect(here)
    state = shelf.state()
    scenes = shelf.scenes()
    context = {
        "process": process,
        "state": state.get("state", ""),
        "is_running": state.get("state") in (ASKED, PLAYING),
        "is_over": state.get("state") == DONE,
        "has_failed": state.get("state") == FAILED,
        "progress": state,
        "scenes": [_scene(here, scene) for scene in scenes],
        "here": here,
    }
    return desk_page(
        request, "rehearsal.html", context, title=_("Essai à blanc"), crumbs=process_crumbs(process)
    )


def _ask(process: Process, shelf: Shelf) -> None:
    if shelf.state().get("state") in (ASKED, PLAYING):
        raise Conflict(_("Un essai est déjà en route : il prend une minute ou deux."))
    try:
        shelf.ask(script_of(process.pk).to_json())
    except CannotRehearse as refusal:
        raise Conflict(str(refusal)) from refusal


def _scene(here: str, scene: Told) -> dict[str, Any]:
    return {
        "title": scene.title,
        "day": day(date.fromisoformat(scene.day)),
        "voices": number(sum(scene.voices.values())),
        "subjects": number(scene.subjects),
        "answered": number(scene.answered),
        "waiting": number(scene.waiting),
        "late": days_late(scene.late) if scene.late else "",
        "pages": [(NAMES[page], f"{here}/{scene.key}/{page}") for page in scene.pages],
    }


@require_GET
@for_agents
def scene(request: Request, slug: str, scene: str, leaf: str) -> HttpResponse:
    """A page of the rehearsal, as it was drawn: to be looked at, its buttons send nothing."""
    kept = Shelf.of(desk_process(request, slug).pk).page(scene, leaf)
    if kept is None:
        raise Http404
    response = HttpResponse(kept)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
