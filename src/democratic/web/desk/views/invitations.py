"""Inviting colleagues to a role, and seeing what became of each invitation."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.invitations.actions import invite_to_role, withdraw_invitation
from democratic.communities.invitations.queries import invitations_of
from democratic.communities.invitations.states import InvitationState, state_of
from democratic.communities.models import Invitation
from democratic.kernel.refusals import Refusal
from democratic.participation.processes.models import Process
from democratic.thread.models import Role
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.people import InvitationForm
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.desk.views.people import list_path as people_path
from democratic.web.desk.views.people import scope_of
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 30
# The newest consultations: a role over an older one is rare, and can be given from the command line.
MOST_PROCESSES = 100


def list_path() -> str:
    return at("/bureau/invitations")


@require_GET
@for_administrators
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = invitations_of(request.authority, offset=paging.offset, limit=paging.size)
    now = request.clock.now()
    context = {
        "rows": [_row(each, now) for each in found],
        "pager": pager(paging, len(found), total, list_path()),
        "empty": {
            "what": _("Aucune invitation"),
            "why": _(
                "On entre à ce bureau par une invitation : un lien envoyé à une adresse, bon sept jours."
            ),
            "who": _("Invitez les agents et les personnes élues qui travailleront ici."),
            "action": (_("Inviter une personne"), at("/bureau/invitations/nouvelle")),
        },
    }
    crumbs = ((_("Personnes et rôles"), people_path()),)
    return desk_page(request, "invitations.html", context, title=_("Invitations"), crumbs=crumbs)


def _row(invitation: Invitation, now: datetime) -> dict[str, Any]:
    state = state_of(invitation, now)
    when = {
        InvitationState.WAITING: _("jusqu’au %(day)s") % {"day": day(invitation.expires_at)},
        InvitationState.ACCEPTED: _("le %(day)s") % {"day": day(invitation.accepted_at)},
        InvitationState.EXPIRED: _("depuis le %(day)s") % {"day": day(invitation.expires_at)},
        InvitationState.WITHDRAWN: _("le %(day)s") % {"day": day(invitation.withdrawn_at)},
    }
    is_waiting = state == InvitationState.WAITING
    return {
        "email": invitation.email,
        "role": invitation.get_role_display(),
        "scope": scope_of(invitation.process),
        "state": f"{state.label} {when[state]}",
        "withdraw_url": at(f"/bureau/invitations/{invitation.pk}/retirer") if is_waiting else "",
    }


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def new(request: Request) -> HttpResponse:
    newest = Process.objects.filter(authority=request.authority).select_related("record__wording")
    processes = {
        str(each.record_id): each.record for each in newest.order_by("-record__happened_at")[:MOST_PROCESSES]
    }
    form = InvitationForm([(pk, record.title) for pk, record in processes.items()], request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        invite_to_role(
            authority=request.authority,
            email=cleaned["email"],
            role=Role(cleaned["role"]),
            process=processes.get(cleaned["process"]),
            language=cleaned["language"],
            by=someone(request),
            clock=request.clock,
        )
        return list_path()

    asked = Asked(
        title=_("Inviter une personne"),
        lead=_("Un lien part à son adresse. Il sert une fois, pendant sept jours, et à elle seule."),
        send=_("Envoyer l’invitation"),
        done=_("L’invitation part. Elle attend sept jours."),
        place=None,
        crumbs=((_("Personnes et rôles"), people_path()), (_("Invitations"), list_path())),
    )
    return ask(request, form, act, asked)


@require_POST
@for_administrators
def withdraw(request: Request, invitation: UUID) -> HttpResponse:
    known = get_object_or_404(Invitation, authority=request.authority, pk=invitation)
    try:
        withdraw_invitation(invitation=known, clock=request.clock)
        messages.success(request, _("L’invitation est retirée : son lien n’ouvre plus rien."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(list_path())
