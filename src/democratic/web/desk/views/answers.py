from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.notices.preview import Preview, preview_of
from democratic.participation.answers.actions import (
    AnswerDraft,
    DraftMoved,
    approve_draft,
    draft_answer,
    edit_draft,
    sign_answer,
)
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.answers.queries import may_approve
from democratic.participation.processes.actions import ask_approval
from democratic.participation.processes.models import Process
from democratic.thread.models import Kind, Record
from democratic.thread.rules import is_agent
from democratic.web.desk.access import (
    desk_record,
    for_administrators,
    for_agents,
    for_officials,
    for_staff,
    own_office,
)
from democratic.web.desk.chain import Place, chain
from democratic.web.desk.forms.answering import AnswerForm
from democratic.web.desk.pages import Asked, ask, desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.approvals import approval_part
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, number
from democratic.web.places import at
from democratic.web.requests import Request, someone


def answer_desk_path(code: str) -> str:
    return at(f"/bureau/reponses/{code}")


@require_http_methods(["GET", "POST"])
@for_agents
def write(request: Request, code: str) -> HttpResponse:
    """A first answer to a subject, or its draft taken up again; ``code`` is the theme's or the idea's."""
    subject = desk_record(request, code, Kind.THEME, Kind.IDEA)
    if subject.process is None:
        raise Http404
    process = subject.process.as_process
    draft = Answer.objects.filter(subject=subject, signed_at=None).select_related("record__wording").first()
    initial = (
        {
            "verdict": draft.verdict,
            "passed_to": draft.passed_to,
            "reason": draft.record.text,
            "signer": str(draft.signer_id),
            "version": draft.version,
        }
        if draft
        else {"signer": str(process.mandate.answerer_id)}
    )
    form = AnswerForm(request.authority, request.POST or None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        said = AnswerDraft(
            Verdict(cleaned["verdict"]),
            cleaned["reason"],
            form.officials[cleaned["signer"]],
            title=subject.title,
            passed_to=cleaned["passed_to"],
        )
        try:
            answer = _save(request, process, subject, draft, said, cleaned["version"])
        except DraftMoved as moved:
            saved = moved.saved
            form.show_saved(saved.version, saved.verdict, saved.passed_to, saved.record.text)
            raise
        return answer_desk_path(answer.record.code)

    asked = Asked(
        title=_("Répondre : %(about)s") % {"about": subject.title},
        lead=_("Chaque personne concernée la recevra. Rien n’est public avant la signature."),
        send=_("Enregistrer le brouillon"),
        done=_("Brouillon enregistré, prêt à signer."),
        place=Place.ANSWER,
        crumbs=process_crumbs(process, "reponses", _("Réponses")),
        is_public=False,
    )
    return ask(request, form, act, asked)


def _save(
    request: Request,
    process: Process,
    subject: Record,
    draft: Answer | None,
    said: AnswerDraft,
    seen: int | None,
) -> Answer:
    """``seen``: the version that the page showed; a draft begun since then is another's."""
    if draft is None:
        return draft_answer(
            process=process, subject=subject, draft=said, author=request.person, clock=request.clock
        )
    return edit_draft(answer=draft, draft=said, author=request.person, seen=seen or 0, clock=request.clock)


def _answer(request: Request, code: str) -> Answer:
    record = desk_record(request, code, Kind.ANSWER)
    return Answer.objects.select_related(
        "record__wording", "subject__wording", "signer", "process__record__wording"
    ).get(pk=record.pk)


@require_GET
@for_staff
def detail(request: Request, code: str) -> HttpResponse:
    answer = _answer(request, code)
    offices = {office.pk for office in someone(request).offices.all()}
    preview = None if answer.signed_at else preview_of(answer, get_language() or "fr")
    waits = answer.signed_at is None and answer.process.asks_approval and not answer.is_approved
    context = {
        "answer": answer,
        "shown": _shown(answer),
        "approval": approval_part(answer.record, request.clock.now()),
        "may_sign": answer.signer_id in offices and answer.signed_at is None and not waits,
        "waits": waits,
        "may_approve": waits and may_approve(answer, someone(request)),
        "preview": preview,
        "may_act": bool(is_agent(request.viewer, answer.record)),
        "preview_facts": _who_receives(preview) if preview else [],
        "chain": chain(Place.ANSWER),
    }
    crumbs = process_crumbs(answer.process, "reponses", _("Réponses"))
    return desk_page(request, "answer.html", context, title=answer.subject.title, crumbs=crumbs)


def _who_receives(preview: Preview) -> list[tuple[str, str, str]]:
    """For parts/facts.html."""
    told = [
        (_("Par e-mail"), preview.by_mail, _("à qui l’a dit ou le suit, et a confirmé son adresse")),
        (_("À son numéro de suivi"), preview.at_its_number, _("paroles dites sans laisser d’adresse")),
        (_("Paroles qui l’auront"), preview.words, ""),
    ]
    if preview.apart:
        told.append((_("Réponse à part"), preview.apart, _("paroles de ce sujet qui ont la leur")))
    return [(term, number(n), detail) for term, n, detail in told]


def _shown(answer: Answer) -> dict[str, Any]:
    """For parts/answer.html, as everyone will read it; the seal comes with the signature alone."""
    line = _("%(function)s, le %(day)s") % {"function": answer.signed_function, "day": day(answer.signed_at)}
    return {
        "verdict": answer.verdict,
        "passed_to": answer.passed_to,
        "yes": [],
        "no": [],
        "reason": answer.record.text,
        "signed": {"name": answer.signed_name, "line": line, "url": ""} if answer.signed_at else None,
        "inherited": "",
    }


@require_POST
@for_staff
def approve(request: Request, code: str) -> HttpResponse:
    """A second person read it, as it is written now."""
    answer, seen = _answer(request, code), request.POST.get("version", "")
    try:
        approve_draft(
            answer=answer,
            approver=someone(request),
            seen=int(seen[:9]) if seen.isascii() and seen.isdigit() else 0,
            clock=request.clock,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Approuvée. Elle peut être signée."))
    return redirect(answer_desk_path(code))


@require_POST
@for_administrators
def ask_for_two(request: Request, slug: str) -> HttpResponse:
    """Whether a second person must approve each answer of this process before its signature."""
    process, asks = desk_process(request, slug), request.POST.get("deux") == "1"
    ask_approval(process=process, asks=asks)
    told = (
        _("Chaque réponse sera approuvée par une deuxième personne.")
        if asks
        else _("Une réponse peut être signée sans deuxième lecture.")
    )
    messages.success(request, told)
    return redirect(process_desk_path(process, "reponses"))


@require_POST
@for_officials
def sign(request: Request, code: str) -> HttpResponse:
    """The official signs by name and function: public at once."""
    answer = _answer(request, code)
    try:
        sign_answer(answer=answer, signer=own_office(request), clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Signée et publiée. Chaque personne concernée va la recevoir."))
    return redirect(answer_desk_path(code))
