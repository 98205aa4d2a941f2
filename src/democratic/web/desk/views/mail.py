"""« La messagerie »: a message sent for good, what the server answered, and the link that shows it arrived."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.models import MailTrial
from democratic.communities.settling.queries import mail_facts
from democratic.communities.settling.trying import Asked, ask_for_trial, outcome_of, send_trial
from democratic.kernel.ids import uuid7
from democratic.kernel.limits import Limit, spend_each
from democratic.people.models import Account
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.mail import TrialForm
from democratic.web.desk.pages import desk_page
from democratic.web.desk.views.authority import TITLE, after_saving, authority_path
from democratic.web.formats import day, hour
from democratic.web.requests import Request, someone

Outcome = MailTrial.Outcome
ADVICE = {
    Outcome.ACCEPTED: gettext_lazy(
        "Rien reçu au bout de cinq minutes ? Regardez dans les indésirables, puis essayez une autre boîte."
    ),
    Outcome.REFUSED: gettext_lazy(
        "Le serveur a dit non, avec les mots ci-dessus. Transmettez-les à qui tient la messagerie."
    ),
    Outcome.SILENT: gettext_lazy(
        "Personne n’a répondu à cette adresse. L’hébergeur vérifie le nom du serveur, son port et le pare-feu."
    ),
    Outcome.NOT_SEALED: gettext_lazy(
        "Ce serveur ne chiffre pas comme il est demandé : rien n’est parti en clair. L’hébergeur règle DEMOCRATIC_SMTP."
    ),
    Outcome.IN_DOUBT: gettext_lazy(
        "La liaison a été coupée pendant l’envoi : le message est peut-être parti. Regardez votre boîte."
    ),
}
# Enough to set a server right in an afternoon; never a way to write to someone who did not ask.
TRIALS_OF_AN_AUTHORITY = Limit("mail-trials-of-authority", 12, 3600)
TRIALS_OF_A_PERSON = Limit("mail-trials-of-person", 8, 3600)
TRIALS_TO_AN_ADDRESS = Limit("mail-trials-to-address", 4, 3600)


@require_http_methods(["GET", "POST"])
@for_administrators
def trial(request: Request) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = TrialForm(sent, initial={"to": _own_address(request)})
    asked: list[tuple[Asked, str]] = []

    def count(cleaned: dict[str, Any]) -> None:
        spend_each(
            (TRIALS_OF_AN_AUTHORITY, str(request.authority.pk)),
            (TRIALS_OF_A_PERSON, str(someone(request).pk)),
            (TRIALS_TO_AN_ADDRESS, cleaned["to"].lower()),
        )

    def act(cleaned: dict[str, Any]) -> str:
        asked.append((ask_for_trial(authority=request.authority, clock=request.clock), cleaned["to"]))
        return request.get_full_path()

    if sent is not None:
        location = attempt(request, form, lambda _person, cleaned: act(cleaned), count)
        for each, to in asked if location is not None else ():  # none for a form that was sent twice
            _tell(request, send_trial(each, to=to, language=get_language() or "fr"), to)
        if location is not None:
            return location
    return desk_page(
        request,
        "mail.html",
        _context(request) | {"form": form},
        title=_("La messagerie"),
        crumbs=((TITLE, authority_path()),),
        status=refused(form),
    )


def _own_address(request: Request) -> str:
    account = request.user
    return account.email if isinstance(account, Account) else ""


def _tell(request: Request, trial: MailTrial, to: str) -> None:
    if trial.outcome == Outcome.ACCEPTED:
        messages.success(
            request,
            _("Parti vers %(to)s. Ouvrez ce message et suivez son lien : c’est lui qui confirme.")
            % {"to": to},
        )
    else:
        messages.error(request, f"{trial.get_outcome_display()}.")


def _context(request: Request) -> dict[str, Any]:
    facts, now = mail_facts(request.authority), request.clock.now()
    last = facts.last
    outcome = outcome_of(last, now) if last else None
    is_here = bool(last and last.server == facts.server)
    return {
        "key": request.POST.get("key") or uuid7().hex,
        "server": facts.server,
        "is_confirmed": facts.is_confirmed,
        "last": last,
        "is_here": is_here,
        "asked": f"{day(last.asked_at)}, {hour(last.asked_at)}" if last else "",
        "outcome": outcome.label if outcome else "",
        "advice": ADVICE.get(outcome) if outcome and not facts.is_confirmed else "",
        "back": after_saving(request),
    }
