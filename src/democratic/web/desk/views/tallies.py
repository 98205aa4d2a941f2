"""What was answered by hand: entered by one agent, counted again by another."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.polls.actions import Batch, drop_tally, enter_tally, verify_tally
from democratic.participation.polls.models import Poll, PollTally
from democratic.thread.models import Origin
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.polls import CountsForm, TallyForm
from democratic.web.desk.pages import Asked, ask
from democratic.web.desk.views.polls import desk_poll, poll_crumbs, poll_desk_path
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, code: str) -> HttpResponse:
    poll = desk_poll(request, code)
    if poll.opened_at is None:
        raise Http404
    form = TallyForm(list(poll.options.all()), request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        enter_tally(
            poll=poll,
            batch=Batch(Origin(cleaned["origin"]), cleaned["batch"], form.counts()),
            by=someone(request),
            function=function_of(request),
            clock=request.clock,
        )
        return poll_desk_path(poll)

    asked = Asked(
        title=_("Saisir un lot compté à la main"),
        lead=_("Il entre dans le total quand une autre personne l’a recompté et a trouvé les mêmes nombres."),
        send=_("Saisir le lot"),
        done=_("Le lot est saisi. Une autre personne que vous doit le recompter."),
        place=Place.PROCESS,
        crumbs=poll_crumbs(poll),
        is_public=False,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def verify(request: Request, code: str, tally: UUID) -> HttpResponse:
    """The numbers are asked again, and not shown: who verifies counts."""
    poll = desk_poll(request, code)
    entered = _entered(poll, tally)
    form = CountsForm(list(poll.options.all()), request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        verify_tally(
            tally=entered,
            counts=form.counts(),
            by=someone(request),
            function=function_of(request),
            clock=request.clock,
        )
        return poll_desk_path(poll)

    asked = Asked(
        title=_("Vérifier le lot %(name)s") % {"name": entered.batch},
        lead=_("Recomptez-le, et écrivez ce que vous trouvez."),
        send=_("Vérifier le lot"),
        done=_("Le lot est vérifié : il est dans le total."),
        place=Place.PROCESS,
        crumbs=poll_crumbs(poll),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def drop(request: Request, code: str, tally: UUID) -> HttpResponse:
    poll = desk_poll(request, code)
    found = PollTally.objects.filter(pk=tally, poll=poll).first()
    if found is None:
        messages.info(request, _("Ce lot n’est plus là."))
        return redirect(poll_desk_path(poll))
    try:
        drop_tally(tally=found)
        messages.success(request, _("Le lot est effacé. Saisissez-le de nouveau."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(poll_desk_path(poll))


def _entered(poll: Poll, tally: UUID) -> PollTally:
    return get_object_or_404(PollTally, pk=tally, poll=poll)
