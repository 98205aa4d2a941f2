"""Examining an appeal: by someone who did not decide first."""

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.people.models import Person
from democratic.stewardship.moderation.actions import answer_appeal
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.queries.waiting import appeals_on, may_not_judge
from democratic.stewardship.moderation.states import AppealState, Outcome, Side
from democratic.web.acts import attempt, refused
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.formats import day
from democratic.web.ideas.intake import readable
from democratic.web.moderation.desk.access import contested_ruling, for_moderators
from democratic.web.moderation.desk.deciding import finding_of
from democratic.web.moderation.forms import RulingForm
from democratic.web.moderation.phrases import desk_path, of_what, ruling_path, ruling_row
from democratic.web.requests import Request, someone


def _outcomes(first: Ruling) -> list[tuple[Outcome, Any]]:
    if first.outcome == Outcome.KEPT:
        return [(Outcome.KEPT, _("Confirmer : la garder")), (Outcome.HIDDEN, _("Annuler : la masquer"))]
    same = Outcome(first.outcome)
    return [
        (same, _("Confirmer : elle n’est pas montrée")),
        (Outcome.KEPT, _("Annuler : la remettre en ligne")),
    ]


@require_http_methods(["GET", "POST"])
@readable
@for_moderators
def answer(request: Request, code: str) -> HttpResponse:
    first = contested_ruling(request, code)
    form = RulingForm(
        request.POST if request.method == "POST" else None,
        outcomes=_outcomes(first),
        initial={"rule": first.rule, "ground": first.ground},
    )
    if request.method == "POST":

        def act(person: Person, said: dict[str, Any]) -> str:
            second = answer_appeal(
                ruling=first, finding=finding_of(said), ruled_by=person, clock=request.clock
            )
            return ruling_path(second.record.code)

        done = attempt(request, form, act)
        if done is not None:
            acknowledge(request, _("Le recours a sa réponse, et elle est publique."))
            return done
    appeals = appeals_on(first)
    context = {
        "record": first.subject,
        "what": of_what(first.subject.kind),
        "rows": [ruling_row(first)],
        "appeals": [
            {"side": Side(each.side).label, "text": each.text, "on": day(each.received_at)}
            for each in appeals
        ],
        "is_over": all(each.state != AppealState.OPEN for each in appeals),
        "may_not": may_not_judge(first.subject, someone(request), first),
        "form": form,
        "key": uuid4().hex,
        "back": f"{desk_path()}?quoi=recours",
    }
    return desk_page(
        request,
        "moderation_appeal.html",
        context,
        title=_("Examiner un recours"),
        crumbs=((_("La modération"), desk_path()),),
        status=refused(form),
    )
