"""First words that wait: publishing one as it is, and choosing whether they wait at all."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.ideas.holding import DAYS_TO_READ, hold_first_words
from democratic.participation.processes.queries import get_process_for
from democratic.stewardship.moderation.actions import release_held
from democratic.thread.queries import RecordNotFound
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.moderation.desk.access import for_moderators, word_to_judge
from democratic.web.moderation.phrases import desk_path
from democratic.web.requests import Request, someone


@require_POST
@for_moderators
def publish(request: Request, code: str) -> HttpResponse:
    record = word_to_judge(request, code)
    try:
        spend_a_write(request)
        release_held(record=record, released_by=someone(request), clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("C’est publié, tel que c’était écrit."))
    return redirect(f"{desk_path()}?quoi=relecture")


class FirstWordsForm(forms.Form):
    is_on = forms.ChoiceField(
        label=gettext_lazy("La première parole de quelqu’un ici"),
        choices=[
            ("", gettext_lazy("Paraît tout de suite")),
            ("on", gettext_lazy("Est relue avant de paraître")),
        ],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choisissez dans la liste.")},
    )


@require_http_methods(["GET", "POST"])
@for_agents
def choose(request: Request, slug: str) -> HttpResponse:
    try:
        process = get_process_for(request.viewer, slug)
    except RecordNotFound as missing:
        raise Http404 from missing

    def act(cleaned: dict[str, Any]) -> str:
        hold_first_words(process=process, is_on=cleaned["is_on"] == "on", clock=request.clock)
        return process_desk_path(process)

    asked = Asked(
        title=_("Les premières paroles"),
        lead=_(
            "Relire retarde : chaque personne sait que sa parole attend, et que quelqu’un décide sous"
            " %(n)d jours. Les paroles recueillies par vos agents n’attendent pas."
        )
        % {"n": DAYS_TO_READ},
        send=_("Enregistrer"),
        done=_("C’est enregistré, et dit à tous."),
        crumbs=process_crumbs(process),
        is_announced=True,
    )
    initial = {"is_on": "on" if process.holds_first_words else ""}
    return ask(request, FirstWordsForm(request.POST or None, initial=initial), act, asked)
