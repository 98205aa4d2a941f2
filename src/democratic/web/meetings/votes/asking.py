"""A vote prepared, changed, or asked again with its proposal amended."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.meetings.soundings.asking import ask_again, change_sounding, draft_sounding
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.thread.actions import Words
from democratic.web.desk.pages import Asked, ask
from democratic.web.meetings.team import for_team
from democratic.web.meetings.votes.forms import AmendForm, VoteForm, initial_of
from democratic.web.meetings.votes.found import vote_in
from democratic.web.meetings.votes.places import votes_path
from democratic.web.meetings.votes.running import crumbs_of
from democratic.web.requests import Request


def _asked(meeting: Meeting, title: str, lead: str, *, send: str = "") -> Asked:
    return Asked(
        title=title,
        lead=lead,
        send=send or _("Garder le brouillon"),
        done=_("Le brouillon est gardé. Il s’ouvre d’un geste pendant la rencontre."),
        crumbs=crumbs_of(meeting),
        is_public=False,
    )


@require_http_methods(["GET", "POST"])
@for_team(can_facilitate)
def new(request: Request, meeting: Meeting) -> HttpResponse:
    form = VoteForm(meeting, request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        draft_sounding(meeting=meeting, question=form.question(), author=request.person, clock=request.clock)
        return votes_path(meeting)

    lead = _("Personne ne le voit avant que vous l’ouvriez. Une fois ouvert, rien n’y change.")
    return ask(request, form, act, _asked(meeting, _("Préparer un vote"), lead))


@require_http_methods(["GET", "POST"])
@for_team(can_facilitate)
def change(request: Request, meeting: Meeting, vote: str) -> HttpResponse:
    sounding = vote_in(meeting, vote)
    form = VoteForm(meeting, request.POST or None, initial=initial_of(sounding))

    def act(_cleaned: dict[str, Any]) -> str:
        change_sounding(sounding=sounding, question=form.question(), clock=request.clock)
        return votes_path(meeting)

    return ask(
        request, form, act, _asked(meeting, _("Modifier le vote"), _("Possible tant qu’il n’est pas ouvert."))
    )


@require_http_methods(["GET", "POST"])
@for_team(can_facilitate)
def amend(request: Request, meeting: Meeting, vote: str) -> HttpResponse:
    """The next round of consent: what objections changed is in the text."""
    sounding = vote_in(meeting, vote)
    if sounding.kind != SoundingKind.CONSENT:
        raise Http404
    words = {"title": str(sounding.record.title), "text": str(sounding.record.text)}
    form = AmendForm(request.POST or None, initial=words)

    def act(cleaned: dict[str, Any]) -> str:
        amended = Words(title=cleaned["title"], text=cleaned["text"])
        ask_again(sounding=sounding, clock=request.clock, author=request.person, words=amended)
        return votes_path(meeting)

    lead = _("Le premier texte et ses objections restent publics, et mènent à celui-ci.")
    return ask(request, form, act, _asked(meeting, _("Amender la proposition"), lead))
