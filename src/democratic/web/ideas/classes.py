"""In class: a code opens a form that asks for words alone, on a computer that another pupil uses next."""

import hashlib
from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from democratic.kernel.idempotency import once
from democratic.kernel.limits import spend
from democratic.participation.classes.actions import say_in_class
from democratic.participation.classes.models import ClassSession
from democratic.participation.classes.queries import running_class
from democratic.people.models import Person
from democratic.thread.models import Kind
from democratic.thread.queries import get_record_for
from democratic.web import acts
from democratic.web.guests import COOKIE, network_of
from democratic.web.headers import clear_what_is_left
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import line, readable
from democratic.web.ideas.limits import CODES
from democratic.web.ideas.receipts import open_receipt, seal_receipt
from democratic.web.ideas.typed import Said
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, elsewhere
from democratic.web.requests import Request


class ClassForm(forms.Form):
    use_required_attribute = False

    text = Said(
        label=gettext_lazy("Ce que tu veux dire"),
        help_text=gettext_lazy("Une phrase suffit. N’écris ni ton nom, ni celui des autres."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Écris ce que tu veux dire : une phrase suffit.")},
    )


@require_safe
@shown_or_gone
def enter(request: Request) -> HttpResponse:
    """The code as it was typed; what opens nothing says so, and is counted."""
    typed = line(request.GET, "code")
    session = _running(request, typed) if typed else None
    if session is not None:
        return redirect(at(f"/classe/{session.code}"))
    title = _("En classe")
    context = {"title": title, "typed": typed, "is_unknown": bool(typed)}
    main = Main("web/ideas/class_enter.html", context, title=title, status=404 if typed else 200)
    return show(request, main)


def _running(request: Request, code: str) -> ClassSession | None:
    """Guesses alone are counted: three hundred pupils behind one address type a code that opens."""
    session = running_class(request.authority, code, request.clock.now())
    if session is None:
        spend(CODES, network_of(request))
    return session


def _session(request: Request, code: str) -> ClassSession:
    """Also: whoever used this computer before is nobody here."""
    session = _running(request, code)
    if session is None:
        raise Http404
    request.person = None
    return session


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def say(request: Request, code: str) -> HttpResponse:
    session = _session(request, code)
    form = ClassForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_say, request, session), welcome=_nobody)
        if done is not None:
            return done
    title = _("Dis-le dans tes mots")
    context = {
        "title": title,
        "form": form,
        "key": uuid4().hex,
        "asks": session.process.record.spoken(session.process.asks),
        "byline": session.byline,
        "notice": at("/mineurs"),
    }
    return show(request, Main("web/ideas/class_say.html", context, title=title, status=acts.refused(form)))


def _nobody(_request: Request) -> Person:
    """A pupil has no cookie: the form's act makes its own author, who is known by her key alone."""
    return Person()


def _say(request: Request, session: ClassSession, _person: Person, said: dict[str, Any]) -> str:
    receipt = say_in_class(
        session=session, text=said["text"], language=get_language() or "fr", clock=request.clock
    )
    record = receipt.idea.record
    token = seal_receipt(record.code, receipt.claim_secret, now=record.recorded_at)
    return at(f"/classe/{session.code}/recu/{record.code}/{token}")


@require_GET
@shown_or_gone
def receipt(request: Request, code: str, public: str, token: str) -> HttpResponse:
    """The code and the key, to copy or to print: once, as the next pupil's « Back » leads here."""
    session = _session(request, code)
    opened = open_receipt(public, token, now=request.clock.now())
    if opened is None:
        raise Http404
    record = get_record_for(request.viewer, public, Kind.IDEA)
    title = _("Merci. On te doit une réponse.")
    context = {
        "title": title,
        "code": record.code,
        "url": elsewhere(request.authority, at(f"/{record.code}")),
        "secret": opened.secret if _is_first_look(token) else "",
        "next": at(f"/classe/{session.code}/suivant"),
    }
    return show_once(request, Main("web/ideas/class_receipt.html", context, title=title))


def _is_first_look(token: str) -> bool:
    looks: list[str] = []

    def look() -> str:
        looks.append(token)
        return ""

    once(sender="class-receipt", key=hashlib.sha256(token.encode()).hexdigest(), fields={}, act=look)
    return bool(looks)


@require_POST
@shown_or_gone
def next_pupil(request: Request, code: str) -> HttpResponse:
    """Nothing of who wrote stays in this browser: neither cookie, nor draft, nor stored page."""
    session = _session(request, code)
    response = redirect(at(f"/classe/{session.code}"))
    response.delete_cookie(COOKIE, samesite="Lax")
    clear_what_is_left(response)
    return response
