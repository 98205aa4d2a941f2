"""A draft, part by part: each screen keeps what was written, and leads to the next."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.clock import local_day
from democratic.participation.processes.actions import (
    Draft,
    Privacy,
    Promise,
    draft_process,
    edit_dates,
    edit_promise,
    edit_question,
    expect_voices,
    settle_privacy,
)
from democratic.participation.processes.guarded import mandate_of
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.methods.template import Texts
from democratic.participation.processes.models import Assessment, LegalBasis, Process, Step
from democratic.participation.processes.preflight import Part
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Visibility
from democratic.web.desk.access import desk_record, for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.preparing import (
    DatesForm,
    NewProcessForm,
    PrivacyForm,
    PromiseForm,
    QuestionForm,
    WorkForm,
)
from democratic.web.desk.pages import Asked, ask, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.requests import Request

CHECK = "verifier"
# In the order in which a new draft is led through them.
PARTS = (Part.QUESTION, Part.PROMISE, Part.DATES, Part.WORK, Part.PRIVACY)
DEFAULT_METHOD = "order_to_road_map"


def part_path(process: Process, part: str) -> str:
    return process_desk_path(process, f"preparer/{part}")


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, code: str) -> HttpResponse:
    """The draft of a process, filled with what its method proposes."""
    mandate = mandate_of(desk_record(request, code, Kind.MANDATE))
    try:
        method = method_of(request.GET.get("methode") or DEFAULT_METHOD)
    except NoMethod as missing:
        raise Http404 from missing
    language = get_language() or "fr"
    texts = method.texts(language)
    form = NewProcessForm(request.POST or None, initial=_proposed(request, texts, uses_tu=method.uses_tu))

    def act(cleaned: dict[str, Any]) -> str:
        process = draft_process(
            mandate=mandate,
            method=method.key,
            draft=Draft(
                words=Words(title=cleaned["title"], text=cleaned["text"], language=language),
                promise=Promise(
                    texts.asks, texts.use_of_input, mandate.not_decidable or texts.not_negotiable
                ),
                first_day=cleaned["first_day"],
                slug=cleaned["slug"],
                in_clear=cleaned["in_clear"],
                uses_tu=cleaned["uses_tu"],
            ),
            author=request.person,
            clock=request.clock,
        )
        return part_path(process, Part.PROMISE)

    asked = Asked(
        title=_("Préparer la concertation"),
        lead=_("Méthode : %(name)s. Un brouillon, que les agents seuls voient.") % {"name": texts.name},
        send=_("Enregistrer et continuer"),
        done=_("Le brouillon est enregistré."),
        place=Place.PROCESS,
        crumbs=((mandate.record.title, at(f"/bureau/commandes/{code}")),),
        is_public=False,
    )
    return ask(request, form, act, asked)


def _proposed(request: Request, texts: Texts, *, uses_tu: bool) -> dict[str, Any]:
    return {
        "title": texts.title,
        "text": texts.question,
        "in_clear": texts.in_clear,
        "uses_tu": uses_tu,
        "first_day": local_day(request.clock.now(), request.authority.time_zone),
    }


@require_http_methods(["GET", "POST"])
@for_agents
def prepare(request: Request, slug: str, part: str) -> HttpResponse:
    """One part of a draft. What is published is no longer prepared: its page says what can change, in public."""
    process = desk_process(request, slug)
    if part not in PARTS:
        raise Http404
    if process.record.visibility != Visibility.DRAFT:
        return redirect(process_desk_path(process))
    return _ASKED[Part(part)](request, process)


def _asked(process: Process, title: str, lead: str = "") -> Asked:
    return Asked(
        title=title,
        lead=lead,
        send=_("Enregistrer et continuer"),
        done=_("C’est enregistré."),
        place=Place.PROCESS,
        crumbs=(*process_crumbs(process, CHECK, _("Vérifier")),),
        is_public=False,
    )


def _next(process: Process, part: Part) -> str:
    """The part after this one; the check at the end, and for who comes from it to mend one thing."""
    after = PARTS.index(part) + 1
    return part_path(process, PARTS[after]) if after < len(PARTS) else process_desk_path(process, CHECK)


def _question(request: Request, process: Process) -> HttpResponse:
    record = process.record
    initial = {
        "title": record.title,
        "text": record.text,
        "in_clear": process.in_clear,
        "uses_tu": process.uses_tu,
    }

    def act(cleaned: dict[str, Any]) -> str:
        language = record.wording.language if record.wording else "fr"
        edit_question(
            process=process,
            words=Words(title=cleaned["title"], text=cleaned["text"], language=language),
            in_clear=cleaned["in_clear"],
            uses_tu=cleaned["uses_tu"],
            clock=request.clock,
        )
        return _next(process, Part.QUESTION)

    form = QuestionForm(request.POST or None, initial=initial)
    return ask(request, form, act, _asked(process, _("La question")))


def _promise(request: Request, process: Process) -> HttpResponse:
    initial = {name: getattr(process, name) for name in ("asks", "use_of_input", "not_negotiable")}

    def act(cleaned: dict[str, Any]) -> str:
        edit_promise(process=process, promise=Promise(**cleaned))
        return _next(process, Part.PROMISE)

    form = PromiseForm(request.POST or None, initial=initial)
    return ask(request, form, act, _asked(process, _("La promesse")))


def _dates(request: Request, process: Process) -> HttpResponse:
    stages = sorted(process.stages.all(), key=lambda stage: stage.rank)
    zone = process.authority.time_zone
    initial: dict[str, Any] = {}
    for stage in stages:
        initial[f"{stage.step}_opens_on"] = local_day(stage.opens_at, zone)
        initial[f"{stage.step}_closes_on"] = local_day(stage.closes_at - timedelta(seconds=1), zone)
    form = DatesForm([Step(stage.step) for stage in stages], request.POST or None, initial=initial)

    def act(_cleaned: dict[str, Any]) -> str:
        edit_dates(process=process, dates=form.dates())
        return _next(process, Part.DATES)

    due = day(process.mandate.answer_due_on)
    lead = _("La réponse est due le %(day)s : c’est dans la commande.") % {"day": due}
    return ask(request, form, act, _asked(process, _("Les dates"), lead))


def _work(request: Request, process: Process) -> HttpResponse:
    def act(cleaned: dict[str, Any]) -> str:
        expect_voices(process=process, expected=cleaned["expected"])
        return _next(process, Part.WORK)

    form = WorkForm(request.POST or None, initial={"expected": process.preparation.expected_voices})
    return ask(request, form, act, _asked(process, _("Le travail que cela demande")))


def _privacy(request: Request, process: Process) -> HttpResponse:
    settled = process.preparation
    initial = {
        "legal_basis": settled.legal_basis or LegalBasis.PUBLIC_TASK,
        "kept_months": settled.kept_months or 12,
        "assessment": settled.assessment,
        "assessment_reason": settled.assessment_reason,
        "processors": settled.processors,
    }

    def act(cleaned: dict[str, Any]) -> str:
        settle_privacy(
            process=process,
            privacy=Privacy(
                LegalBasis(cleaned["legal_basis"]),
                cleaned["kept_months"],
                Assessment(cleaned["assessment"]),
                cleaned["assessment_reason"],
                cleaned["processors"],
            ),
        )
        return _next(process, Part.PRIVACY)

    lead = _("Ce que le registre des traitements dira de cette concertation.")
    form = PrivacyForm(request.POST or None, initial=initial)
    return ask(request, form, act, _asked(process, _("La vie privée"), lead))


_ASKED: dict[Part, Callable[[Request, Process], HttpResponse]] = {
    Part.QUESTION: _question,
    Part.PROMISE: _promise,
    Part.DATES: _dates,
    Part.WORK: _work,
    Part.PRIVACY: _privacy,
}
