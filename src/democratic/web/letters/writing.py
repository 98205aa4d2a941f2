"""« Nous écrire »: a private message to the authority, without an account; a code and a key to read the answer."""

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.limits import Limit, spend
from democratic.participation.inbox.models import Channel, Conversation
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.reopening import ANSWER_WITHIN
from democratic.people.models import Person
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.formats import day
from democratic.web.guests import network_of
from democratic.web.ideas.contact import spend_an_address
from democratic.web.ideas.intake import readable
from democratic.web.ideas.receipts import open_receipt, seal_receipt
from democratic.web.letters.forms import LetterForm
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at
from democratic.web.requests import Request

# A library lends one address to a hundred people; nobody writes us three hundred letters an hour.
LETTERS = Limit("letters-of-network", 300, 3600)


def letter_path(code: str) -> str:
    return at(f"/nous-ecrire/{code}")


@require_http_methods(["GET", "HEAD", "POST"])
@readable
def write(request: Request) -> HttpResponse:
    form = LetterForm(request.POST if request.method == "POST" else None, regime=partial(regime_for, request))
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_send, request), partial(_spend, request))
        if done is not None:
            return done
    title = _("Nous écrire")
    context = {
        "title": title,
        "trail": [(_("Accueil"), at("/")), (title, "")],
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "days": ANSWER_WITHIN.days,
        "notice": at("/mineurs"),
        "find": at("/retrouver"),
    }
    return show(request, Main("web/letters/write.html", context, title=title, status=acts.refused(form)))


def _spend(request: Request, said: dict[str, Any]) -> None:
    spend(LETTERS, network_of(request))
    if said["email"]:
        spend_an_address(request, said["email"])


def _send(request: Request, person: Person, said: dict[str, Any]) -> str:
    received = receive_message(
        authority=request.authority,
        channel=Channel.WEB,
        text=said["text"],
        subject=said["subject"],
        sender=Sender(
            address=said["email"],
            person=person,
            age_band=said["age_band"],
            language=get_language() or "fr",
        ),
        clock=request.clock,
    )
    code = received.conversation.code
    token = seal_receipt(code, received.secret, now=received.message.at)
    return at(f"/nous-ecrire/{code}/recu/{token}")


@require_safe
def receipt(request: Request, code: str, token: str) -> HttpResponse:
    """The code and the key, for a quarter of an hour; then the code alone."""
    opened = open_receipt(code, token, now=request.clock.now())
    found = Conversation.objects.filter(authority=request.authority, code=code).first()
    if opened is None or found is None:
        raise Http404
    context = {
        "title": _("Merci. Votre message est arrivé."),
        "code": code,
        "secret": opened.secret,
        "due": day(found.due_on),
        "has_address": bool(found.address),
        "read": letter_path(code),
    }
    title = _("Confirmation %(code)s") % {"code": code}
    return show_once(request, Main("web/letters/receipt.html", context, title=title))
