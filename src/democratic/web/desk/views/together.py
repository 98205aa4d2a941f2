"""One draft answer given to several subjects at once: each has its own, to be read again, changed and signed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from democratic.kernel.refusals import Conflict
from democratic.participation.answers.actions import AnswerDraft
from democratic.participation.answers.drafting import stamps_of
from democratic.participation.answers.many import Wanted, is_answerable, write_drafts
from democratic.participation.answers.models import Verdict
from democratic.participation.processes.models import Process
from democratic.thread.models import Record
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import TogetherForm
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.requests import Request, someone

MOST = 200


@require_http_methods(["GET", "POST"])
@for_agents
def write(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    back = process_desk_path(process, "reponses")
    seen = _seen(request, process)
    if not seen:
        messages.error(request, _("Cochez au moins un sujet ou une parole."))
        return redirect(back)
    initial = {
        "signer": str(process.mandate.answerer_id),
        "seen": " ".join(f"{record.code}.{stamp}" for record, stamp in seen),
    }
    form = TogetherForm(request.authority, request.POST or None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        signer = form.officials[cleaned["signer"]]
        wanted = [
            Wanted(
                record.pk,
                AnswerDraft(
                    Verdict(cleaned["verdict"]), cleaned["reason"], signer, record.title, cleaned["passed_to"]
                ),
                stamp,
            )
            for record, stamp in seen
        ]
        _refuse_moved(
            write_drafts(process=process, wanted=wanted, author=someone(request), clock=request.clock), seen
        )
        return back

    n = len(seen)
    lead = ngettext(
        "Le même brouillon pour %(n)d sujet ou parole :",
        "Le même brouillon pour %(n)d sujets ou paroles :",
        n,
    )
    asked = Asked(
        title=_("Répondre ensemble"),
        lead=f"{lead % {'n': n}} {titles_told([record for record, _stamp in seen])}",
        send=_("Enregistrer ces brouillons"),
        done=_("Brouillons enregistrés, prêts à signer."),
        place=Place.ANSWER,
        crumbs=process_crumbs(process, "reponses", _("Réponses")),
        is_public=False,
    )
    return ask(request, form, act, asked)


Seen = list[tuple[Record, int]]
_NAMED = 5


def titles_told(records: Sequence[Record]) -> str:
    named = ", ".join(f"« {record.title} »" for record in records[:_NAMED])
    return named + ("…" if len(records) > _NAMED else ".")


def _seen(request: Request, process: Process) -> Seen:
    """What was ticked, with the stamp of its answers now; or what the form showed, with the stamp it had then."""
    shown = dict(pair.rpartition(".")[::2] for pair in request.POST.get("seen", "").split()[:MOST])
    codes = list(shown) or request.GET.getlist("code")[:MOST]
    rows = Record.objects.filter(process=process.record, code__in=codes).select_related("wording")
    records = [record for record in rows.order_by("-kind", "happened_at", "pk") if is_answerable(record)]
    stamps = stamps_of([record.pk for record in records])
    return [
        (record, int(typed[:9]) if (typed := shown.get(record.code, "")).isdecimal() else stamps[record.pk])
        for record in records
    ]


def _refuse_moved(result: Any, seen: Seen) -> None:
    """All or none: what was written here would not be what was read."""
    left = [record.code for record, _stamp in seen if record.pk not in result.written]
    if left:
        raise Conflict(
            _("On a écrit entre-temps sur %(codes)s, ou l’on n’y répond plus. Ôtez-les, puis recommencez.")
            % {"codes": ", ".join(left)}
        )
