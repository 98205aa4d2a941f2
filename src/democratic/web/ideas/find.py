"""Finding again what one said: by its code, which only locates; or by its key, which acts."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.ids import read_code
from democratic.kernel.limits import spend
from democratic.kernel.refusals import Refusal
from democratic.participation.ideas.queries import record_of_secret
from democratic.participation.paper.queries import is_sheet_told
from democratic.people.ages import Door, refuse_unless
from democratic.people.models import Person
from democratic.stewardship.keys import claim_said, withdraw_by_secret
from democratic.thread.models import Record
from democratic.thread.queries import tombstone_of, waiting_of
from democratic.thread.rules import visible_records
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.guests import network_of
from democratic.web.ideas import keys
from democratic.web.ideas.forms import SecretForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import line, readable
from democratic.web.ideas.limits import CODES, SECRETS
from democratic.web.ideas.phrases import shown_words
from democratic.web.ideas.slips import slip_page
from democratic.web.pages import Main, show_once
from democratic.web.places import at, fil_path, record_path
from democratic.web.requests import Request

Act = Callable[[Person, dict[str, Any]], str]

UNKNOWN = gettext_lazy("Cette clé n’ouvre rien. Elle a quinze signes, et ne sert qu’une fois.")
CLAIM, WITHDRAW, CONFIRM = "rattacher", "retirer", "confirmer"


@require_safe
@shown_or_gone
def find(request: Request) -> HttpResponse:
    """The code as it was typed: spaces, case and dash are forgiven."""
    typed = line(request.GET, "code")
    if not typed:
        return _page(request, typed, status=200)
    spend(CODES, network_of(request))
    code = read_code(typed)
    if code is None:
        return _page(request, typed, status=404)
    if _is_known(request, code):
        return redirect(fil_path(code))
    return slip_page(request, code) or _page(request, typed, status=404)


@require_safe
@shown_or_gone
def short_address(request: Request, code: str) -> HttpResponse:
    """What a ticket says and a phone reads: leads to the Record's page."""
    read = read_code(code)
    if read is None:
        raise Http404
    spend(CODES, network_of(request))
    found = visible_records(request.viewer).filter(code=read)
    kind = found.values_list("kind", flat=True).first()
    if kind is not None:
        return redirect(record_path(kind, read))
    if tombstone_of(request.viewer, read) or waiting_of(request.viewer, read):
        return redirect(fil_path(read))
    return slip_page(request, read) or _page(request, read, status=404)


def _is_known(request: Request, code: str) -> bool:
    viewer = request.viewer
    if visible_records(viewer).filter(code=code).exists():
        return True
    return tombstone_of(viewer, code) is not None or waiting_of(viewer, code) is not None


def _page(request: Request, typed: str, *, status: int, form: SecretForm | None = None) -> HttpResponse:
    title = _("Retrouver ma parole")
    on_paper = _on_paper(request, typed) if status == 404 else ""  # noqa: PLR2004  no such code
    context = {
        "title": title,
        "typed": typed,
        "on_paper": on_paper,
        "is_unknown": status == 404 and not on_paper,  # noqa: PLR2004  as above
        "form": form or SecretForm(),
        "key_action": at("/retrouver/cle"),
    }
    return show_once(request, Main("web/ideas/find.html", context, title=title, status=status))


def _on_paper(request: Request, typed: str) -> str:
    """Where a sheet of paper stands whose stub bears this code, and that says nothing in public."""
    code = read_code(typed)
    is_told = is_sheet_told(request.authority, code) if code else None
    if is_told is None:
        return ""
    if is_told:
        return _("Cette feuille est comptée. Elle ne porte pas de parole publiée.")
    return _("Cette feuille n’est pas encore saisie. Revenez dans quelques jours : le code restera le même.")


@require_POST
@readable
@shown_or_gone
def use_key(request: Request) -> HttpResponse | StreamingHttpResponse:
    """Shows what the key opens, then what it may do; it is used up only by the last tap."""
    spend(SECRETS, network_of(request))
    form = SecretForm(request.POST)
    if not form.is_valid():
        return _page(request, "", status=400, form=form)
    act = request.POST.get("acte", "")
    if act in (CLAIM, CONFIRM) and (act == CONFIRM or request.viewer.is_signed_in):
        done = acts.attempt(request, form, _claim(request) if act == CLAIM else _withdraw(request))
        return done or _page(request, "", status=acts.refused(form), form=form)
    record = record_of_secret(request.authority, form.cleaned_data["secret"])
    if record is None:
        form.add_error("secret", UNKNOWN)
        return _page(request, "", status=400, form=form)
    if act in keys.ACTS:
        try:
            return keys.ACTS[act](request, record, form)
        except Refusal as refusal:
            acts.refused_by(form, refusal)
            return _choices(request, record, form)
    return _confirm(request, record, form) if act == WITHDRAW else _choices(request, record, form)


def _refuse_unless_ours(request: Request, secret: str) -> None:
    """A key opens what was said here; one of another authority is no key at all."""
    if record_of_secret(request.authority, secret) is None:
        raise Refusal(UNKNOWN, field="secret")


def _claim(request: Request) -> Act:
    def act(person: Person, said: dict[str, Any]) -> str:
        _refuse_unless_ours(request, said["secret"])
        refuse_unless(Door.CLAIM, regime_for(request))
        record = claim_said(secret=said["secret"], person=person, clock=request.clock)
        messages.success(request, _("Cette parole est maintenant dans votre compte."))
        return record_path(record.kind, record.code)

    return act


def _withdraw(request: Request) -> Act:
    def act(_person: Person, said: dict[str, Any]) -> str:
        _refuse_unless_ours(request, said["secret"])
        withdraw_by_secret(secret=said["secret"], clock=request.clock)
        messages.success(request, _("C’est retiré. Une ligne publique reste, sans vos mots."))
        return at("/retrouver")

    return act


def _context(record: Record, form: SecretForm, title: str) -> dict[str, Any]:
    return {
        "record": record,
        "said": shown_words(record.wording)[0],
        "form": form,
        "secret": form.data.get("secret", ""),
        "key": uuid4().hex,
        "title": title,
        "action": at("/retrouver/cle"),
        "back": record_path(record.kind, record.code),
    }


def _choices(request: Request, record: Record, form: SecretForm) -> HttpResponse:
    title = _("Votre clé ouvre cette parole")
    context = _context(record, form, title)
    context["is_signed_in"] = request.viewer.is_signed_in
    return show_once(
        request,
        Main("web/ideas/key.html", context, title=title, status=acts.refused(form) if form.errors else 200),
    )


def _confirm(request: Request, record: Record, form: SecretForm) -> HttpResponse:
    title = _("Retirer cette parole")
    context = _context(record, form, title)
    return show_once(request, Main("web/ideas/withdraw.html", context, title=title))
