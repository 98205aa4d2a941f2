"""What became of a notice, for who holds its key."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.kernel.limits import spend
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Notice
from democratic.stewardship.moderation.queries.public import notice_of_secret
from democratic.stewardship.moderation.states import NoticeState, Outcome
from democratic.thread.models import Visibility
from democratic.web.acts import refused
from democratic.web.formats import day
from democratic.web.guests import network_of
from democratic.web.ideas.forms import SecretForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.limits import SECRETS
from democratic.web.moderation.phrases import ruling_path, ruling_row
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request

UNKNOWN = gettext_lazy("Cette clé n’ouvre aucun signalement. Elle a quinze signes.")


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def follow(request: Request) -> HttpResponse:
    """The key is sent by the form's body, never by an address."""
    form = SecretForm(request.POST if request.method == "POST" else None)
    form.fields["secret"].help_text = _("Quinze signes, montrés une seule fois quand vous avez signalé.")
    notice = None
    if request.method == "POST" and form.is_valid():
        spend(SECRETS, network_of(request))
        notice = notice_of_secret(request.authority, form.cleaned_data["secret"])
        if notice is None:
            form.add_error("secret", UNKNOWN)
    title = _("Mon signalement")
    context: dict[str, Any] = {"title": title, "form": form, "told": _told(notice) if notice else None}
    status = 200 if notice else refused(form)
    return show_once(request, Main("web/moderation/follow.html", context, title=title, status=status))


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "about": notice.record.code,
        "rule": Rule(notice.rule).label,
        "on": day(notice.received_at),
        "state": _state(notice),
        "rulings": [ruling_row(notice.ruling)] if notice.ruling else [],
        "contest": _contest(notice),
        "register": at("/moderation"),
    }


def _state(notice: Notice) -> str:
    if notice.state == NoticeState.RECEIVED and notice.record.visibility == Visibility.WITHDRAWN:
        return _("La personne qui l’avait écrite l’a retirée : il n’y a plus rien à décider.")
    if notice.state == NoticeState.RECEIVED:
        return _("Une personne doit encore le lire.")
    return str(NoticeState(notice.state).label)


def _contest(notice: Notice) -> str:
    ruling = notice.ruling
    if ruling is None or ruling.outcome != Outcome.KEPT or hasattr(ruling, "second"):
        return ""
    return f"{ruling_path(ruling.record.code)}/contester"
