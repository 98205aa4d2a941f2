"""Give a verdict on one commitment."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Conflict
from democratic.observatory.actions import Finding, give_verdict
from democratic.observatory.models import Observatory
from democratic.observatory.queries import evidence_about, heard_about, holding_verdicts, sitting
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment, CommitmentState
from democratic.participation.commitments.queries import get_commitment_for
from democratic.thread.queries import RecordNotFound
from democratic.web.formats import number
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import bench_trail, ids_of
from democratic.web.observatory.forms import VerdictForm
from democratic.web.organisations.asking import Question, ask
from democratic.web.places import record_path
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of


def _commitment(request: Request, code: str) -> Commitment:
    try:
        return get_commitment_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing


@require_http_methods(["GET", "POST"])
@for_members
def page(request: Request, observatory: Observatory, commitment: str) -> HttpResponse:
    found = _commitment(request, commitment)
    today = local_day(request.clock.now(), request.authority.time_zone)
    evidence = {str(each.pk): each for each in evidence_about(found)}
    members = {str(each.pk): each for each in sitting(observatory, today)}
    form = VerdictForm(
        [(pk, title_of(each.record)) for pk, each in evidence.items()],
        [(pk, each.name or _("Un membre")) for pk, each in members.items()],
        request.POST or None,
        initial={"decided_on": today, "after": _read(observatory, found)},
    )

    def act(cleaned: dict[str, Any]) -> str:
        finding = Finding(
            says=Says(cleaned["says"]),
            reasons=cleaned["reasons"],
            decided_on=cleaned["decided_on"],
            votes_for=cleaned["votes_for"],
            votes_against=cleaned["votes_against"],
            abstentions=cleaned["abstentions"],
            proved_by=[evidence[pk] for pk in cleaned.get("proved_by", [])],
            contradicted=[evidence[pk] for pk in cleaned.get("contradicted", [])],
            minority=cleaned["minority"],
            dissenters=[members[pk] for pk in cleaned.get("dissenters", [])],
            language=get_language() or "fr",
            after=cleaned["after"],
        )
        try:
            given = give_verdict(
                observatory=observatory, commitment=found, finding=finding, person_ids=ids_of(request),
                clock=request.clock,
            )  # fmt: skip
        except Conflict:
            # She is told, all that she typed is kept, and she may publish once she has read the other's.
            sent = request.POST.copy()
            sent["after"] = str(_read(observatory, found))
            form.data = sent
            raise
        return record_path("verdict", given.record.code)

    question = Question(
        title=_("Juger : %(title)s") % {"title": title_of(found.record)},
        lead=_lead(found, is_again=bool(form.initial["after"])),
        send=_("Publier l’avis"),
        done=_("L’avis est publié. Personne de la collectivité ne peut le changer ni le cacher."),
        trail=bench_trail(observatory),
        public=_("Public dès que vous publiez, et inscrit au journal."),
    )
    return ask(request, form, act, question)


def _read(observatory: Observatory, found: Commitment) -> int:
    """The version that holds, 0 when there is none."""
    held = holding_verdicts([found.pk]).get(found.pk, [])
    return next((each.version for each in held if each.observatory_id == observatory.pk), 0)


def _lead(found: Commitment, *, is_again: bool) -> str:
    heard = len(heard_about(found.pk))
    says = CommitmentState(found.record.state).label.lower()
    told = [
        _("La collectivité dit : %(says)s. Auditions publiées : %(n)s.") % {"says": says, "n": number(heard)}
    ]
    if is_again:
        told.append(_("Vous l’avez déjà jugé : le premier avis restera lisible, celui-ci s’ajoutera."))
    return " ".join(told)
