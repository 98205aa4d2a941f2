"""A person's own conversation: by her browser or her account, or by the code and the key that she was given."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.kernel.ids import read_code
from democratic.kernel.limits import spend
from democratic.kernel.refusals import Refusal
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.reviewing import came_with
from democratic.participation.inbox.models import Agreement, Conversation, InboxMessage
from democratic.participation.inbox.publishing import note_agreement
from democratic.participation.inbox.queries import conversation_of_key, messages_of
from democratic.participation.inbox.receiving import Sender, receive_message
from democratic.participation.inbox.states import WAITING
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.web import acts
from democratic.web.formats import day, hour
from democratic.web.guests import network_of
from democratic.web.ideas.intake import line, readable
from democratic.web.ideas.limits import SECRETS
from democratic.web.letters.forms import KeyForm, ReplyForm
from democratic.web.letters.writing import letter_path
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, record_path
from democratic.web.requests import Request
from democratic.web.sent_along import not_kept, told_of

REPLY, YES, NO = "repondre", "oui", "non"


@require_http_methods(["GET", "HEAD", "POST"])
@readable
def conversation(request: Request, code: str) -> HttpResponse:
    """Hers, or the question for her key: an unknown code and a key that is not its own look alike."""
    own = _own(request, code)
    if own is not None:
        return _opened(request, own, "")
    if request.method != "POST":
        return _ask_key(request, code, KeyForm())
    spend(SECRETS, network_of(request))
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _ask_key(request, code, form)
    typed = form.cleaned_data["secret"]
    found = conversation_of_key(request.authority, code, typed)
    if found is None:
        form.add_error("secret", _("Ce code et cette clé n’ouvrent rien ensemble. Vérifiez les deux."))
        return _ask_key(request, code, form)
    return _opened(request, found, typed)


@require_safe
def find(request: Request) -> HttpResponse:
    """From the code that one was given, to its conversation."""
    typed = line(request.GET, "code")
    code = read_code(typed)
    if code is not None:
        return redirect(letter_path(code))
    title = _("Lire la réponse à mon message")
    context = {
        "title": title,
        "trail": [(_("Nous écrire"), at("/nous-ecrire")), (title, "")],
        "typed": typed,
        "action": at("/nous-ecrire/reponse"),
    }
    return show(request, Main("web/letters/find.html", context, title=title, status=404 if typed else 200))


def _own(request: Request, code: str) -> Conversation | None:
    if request.person is None:
        return None
    rows = Conversation.objects.filter(
        authority=request.authority, code=code, person__in=person_and_claimed(request.person)
    )
    return rows.select_related("authority", "person", "became").first()


def _opened(request: Request, found: Conversation, secret: str) -> HttpResponse:
    act, form = request.POST.get("acte", ""), ReplyForm()
    if request.method == "POST" and act in (YES, NO) and found.agreement == Agreement.ASKED:
        try:
            note_agreement(conversation=found, is_given=act == YES)
            messages.success(request, _("C’est noté. Merci de votre réponse."))
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        found.refresh_from_db()
    elif request.method == "POST" and act == REPLY:
        form = ReplyForm(request.POST)
        done = acts.attempt(request, form, partial(_reply, request, found))
        if done is not None:
            messages.success(request, _("Votre message est arrivé."))
            if not secret:
                return done
            form = ReplyForm()
        found.refresh_from_db()
    if request.method == "POST" and not secret and not form.is_bound:
        return redirect(letter_path(found.code))
    return _page(request, found, secret, form)


def _reply(request: Request, found: Conversation, _person: Person, said: dict[str, Any]) -> str:
    receive_message(
        authority=request.authority,
        channel=found.channel,  # type: ignore[arg-type]  # a Channel, as its column says
        text=said["text"],
        sender=Sender(person=found.person),
        conversation=found,
        clock=request.clock,
    )
    return letter_path(found.code)


def _ask_key(request: Request, code: str, form: KeyForm) -> HttpResponse:
    title = _("Lire la réponse")
    context = {
        "title": title,
        "trail": [(_("Nous écrire"), at("/nous-ecrire")), (title, "")],
        "code": code,
        "form": form,
        "action": letter_path(code),
    }
    status = acts.refused(form)
    return show_once(request, Main("web/letters/key.html", context, title=title, status=status))


def _page(request: Request, found: Conversation, secret: str, form: ReplyForm) -> HttpResponse:
    said = messages_of(found, with_notes=False)
    files = came_with(said)
    context = {
        "title": found.subject,
        "trail": [(_("Nous écrire"), at("/nous-ecrire")), (found.code, "")],
        "code": found.code,
        "due": day(found.due_on) if found.state in WAITING else "",
        "messages": [_message(each, files[each.pk]) for each in said],
        "asks_agreement": found.agreement == Agreement.ASKED,
        "became": record_path("idea", found.became.code) if found.became else "",
        "became_code": found.became.code if found.became else "",
        "form": form,
        "secret": secret,
        "key": uuid4().hex,
        "action": letter_path(found.code),
    }
    status = acts.refused(form)
    return show_once(request, Main("web/letters/page.html", context, title=found.subject, status=status))


def _message(message: InboxMessage, files: Sequence[FlowFile]) -> dict[str, Any]:
    return {
        "is_hers": message.kind == InboxMessage.Kind.RECEIVED,
        "text": message.words,
        "when": f"{day(message.at)}, {hour(message.at)}",
        "files": [told_of(each) for each in files],
        "attachments": not_kept(message, files),
    }
