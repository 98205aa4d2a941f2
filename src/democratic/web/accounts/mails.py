"""What mails lead to. A GET shows a button; only a POST acts, so that no scanner can."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.settling.trying import confirm_trial, trial_of
from democratic.messaging.links import address_to_confirm, address_to_stop, correspondent_to_stop
from democratic.messaging.mailbox import Mail, newest_mails
from democratic.messaging.ports import mailbox_of
from democratic.messaging.stopping import stop_notices
from democratic.notices.actions import confirm_address
from democratic.participation.conversations.obeying import take_stop
from democratic.web.formats import day, hour
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.shell import mails_stay_here

MAILS = 20


@csrf_exempt  # RFC 8058: mail providers post without an Origin; the token is the proof
@require_http_methods(["GET", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """One press, here or in a mail program, ends all that goes to this address: a notice's, or a conversation's."""
    address = address_to_stop(token)
    if address is None:
        return _stop_conversation(request, token)
    if request.method == "POST":
        stop_notices(address=address, clock=request.clock)
    return _stopped(request, address.email, is_done=address.stopped_at is not None)


def _stop_conversation(request: Request, token: str) -> HttpResponse:
    her = correspondent_to_stop(token)
    if her is None:
        raise Http404
    shown = mailbox_of(her.kind, her.address) or her.address or her.get_kind_display()
    if request.method == "POST" and her.stopped_at is None:
        take_stop(her, request.clock)
    return _stopped(request, shown, is_done=her.stopped_at is not None)


def _stopped(request: Request, address: str, *, is_done: bool) -> HttpResponse:
    context = {"email": address, "done": is_done or request.method == "POST"}
    return show(request, Main("web/accounts/stop.html", context, title=_("Ne plus rien recevoir")))


@require_http_methods(["GET", "POST"])
def confirm(request: Request, token: str) -> HttpResponse:
    address = address_to_confirm(token)
    if address is None:
        heading = _("Ce lien n’est plus valable")
        why = _("Il date de plus de sept jours, ou il est incomplet. Redonnez votre adresse.")
        said = {"heading": heading, "text": why, "status": 404}
        return show(request, Main("web/error.html", said, title=heading, status=404))
    if request.method == "POST":
        confirm_address(address=address, clock=request.clock)
    done = request.method == "POST" or address.confirmed_at is not None
    context = {"email": address.email, "done": done}
    return show(request, Main("web/accounts/confirm.html", context, title=_("Confirmer une adresse")))


@require_http_methods(["GET", "POST"])
def trial(request: Request, secret: str) -> HttpResponse:
    """Of the mail server: who reads it here has it in her mailbox, signed in or not."""
    found = trial_of(request.authority, secret, request.clock.now())
    if found is None:
        heading = _("Ce lien n’est plus valable")
        why = _("Il date de plus de sept jours, ou il est incomplet. Envoyez un autre essai.")
        said = {"heading": heading, "text": why, "status": 404}
        return show(request, Main("web/error.html", said, title=heading, status=404))
    if request.method == "POST":
        found = confirm_trial(trial=found, clock=request.clock)
    context = {"done": found.confirmed_at is not None}
    return show(request, Main("web/accounts/trial.html", context, title=_("Message d’essai")))


@require_GET
def mailbox(request: Request) -> HttpResponse:
    if not mails_stay_here(request):
        raise Http404
    page = max(0, int(request.GET["page"])) if request.GET.get("page", "").isdecimal() else 0
    mails = newest_mails(skip=page * MAILS, limit=MAILS + 1)
    context: dict[str, Any] = {
        "mails": [_told(each) for each in mails[:MAILS]],
        "page": page,
        "next": page + 1 if len(mails) > MAILS else None,
    }
    context["empty"] = {
        "what": _("Aucun message n’est encore parti"),
        "why": _("Il en part un quand une adresse est donnée, une réponse signée, un engagement mis à jour."),
        "who": _("Donnez une adresse en déposant une parole : le message arrivera ici."),
        "action": (_("Voir les concertations"), at("/participer")),
    }
    return show(request, Main("web/accounts/mailbox.html", context, title=_("Courrier de développement")))


def _told(mail: Mail) -> dict[str, str]:
    sent = parsedate_to_datetime(mail.date)
    if sent.tzinfo is None:  # « -0000 », which Django writes: UTC, from a machine whose zone is not told
        sent = sent.replace(tzinfo=UTC)
    when = f"{day(sent)}, {hour(sent)}"
    return {"subject": mail.subject, "to": mail.to, "when": when, "body": mail.body}
