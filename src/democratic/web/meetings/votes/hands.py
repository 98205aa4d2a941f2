"""Hands and papers: entered by one of those who run the meeting, counted again by another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.meetings.soundings.hands import (
    COUNTED_BY_HAND,
    drop_count,
    enter_count,
    verify_count,
)
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount
from democratic.web.desk.pages import Asked, ask
from democratic.web.ideas.intake import readable
from democratic.web.meetings.team import for_team
from democratic.web.meetings.votes.forms import CountForm, EnterForm
from democratic.web.meetings.votes.found import vote_in
from democratic.web.meetings.votes.places import votes_path
from democratic.web.meetings.votes.running import crumbs_of
from democratic.web.requests import Request, someone


def _opened(meeting: Meeting, vote: str) -> Sounding:
    sounding = vote_in(meeting, vote)
    if sounding.opened_at is None or sounding.kind not in COUNTED_BY_HAND:
        raise Http404
    return sounding


@require_http_methods(["GET", "POST"])
@for_team(can_facilitate)
def enter(request: Request, meeting: Meeting, vote: str) -> HttpResponse:
    sounding = _opened(meeting, vote)
    form = EnterForm(sounding, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        enter_count(
            sounding=sounding,
            by=SoundingCount.By(cleaned["by"]),
            counts=form.counts(),
            people=form.people(),
            entered_by=someone(request),
            clock=request.clock,
        )
        return votes_path(meeting)

    asked = Asked(
        title=_("Compter les mains ou les papiers"),
        lead=_(
            "De qui n’a pas voté avec son téléphone : chaque personne compte une fois. Le comptage entre dans le total"
            " quand une autre personne a trouvé les mêmes nombres."
        ),
        send=_("Garder ce comptage"),
        done=_("Le comptage est gardé. Une autre personne que vous doit recompter."),
        crumbs=crumbs_of(meeting),
        is_public=False,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_team(can_facilitate)
def verify(request: Request, meeting: Meeting, vote: str, count: UUID) -> HttpResponse:
    """The numbers are asked again, and not shown: who verifies counts."""
    sounding = _opened(meeting, vote)
    entered = SoundingCount.objects.filter(pk=count, sounding=sounding).first()
    if entered is None:
        raise Http404
    form = CountForm(sounding, request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        verify_count(
            count=entered,
            counts=form.counts(),
            people=form.people(),
            by=someone(request),
            clock=request.clock,
        )
        return votes_path(meeting)

    asked = Asked(
        title=_("Recompter : %(what)s") % {"what": entered.get_by_display()},
        lead=_("Recomptez, et écrivez ce que vous trouvez."),
        send=_("Vérifier le comptage"),
        done=_("Le comptage est vérifié : il est dans le total."),
        crumbs=crumbs_of(meeting),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_POST
@readable
@for_team(can_facilitate)
def drop(request: Request, meeting: Meeting, vote: str, count: UUID) -> HttpResponse:
    sounding = _opened(meeting, vote)
    if not SoundingCount.objects.filter(pk=count, sounding=sounding).exists():
        messages.info(request, _("Ce comptage n’est plus là."))
        return redirect(votes_path(meeting))
    try:
        drop_count(count_id=count)
        messages.success(request, _("Le comptage est effacé. Saisissez-le de nouveau."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(votes_path(meeting))
