"""Who was seen at the desk with a document: noted, and taken back. Private; nothing of the document is kept."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.people.models import Verification
from democratic.people.verifications import (
    account_at,
    desk_check_by,
    desk_checks_by,
    note_desk_check,
    revoke_desk_check,
)
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_administrators
from democratic.web.desk.forms.people import SeenForm, SureForm
from democratic.web.desk.pages import Asked, Crumb, ask, desk_page
from democratic.web.desk.views.people import list_path as people_path
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 30


def list_path() -> str:
    return at("/bureau/personnes/guichet")


def _crumbs() -> tuple[Crumb, ...]:
    return ((_("Personnes et rôles"), people_path()),)


@require_GET
@for_administrators
def listed(request: Request) -> HttpResponse:
    paging, new_url = paging_of(request, PAGE), f"{list_path()}/noter"
    found, total = desk_checks_by(request.authority.slug, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [_row(each) for each in found],
        "pager": pager(paging, len(found), total, list_path()),
        "new_url": new_url,
        "empty": {
            "what": _("Personne n’a encore été vu au guichet"),
            "why": _(
                "Sans service d’identité, une pièce d’identité montrée au guichet suffit à dire d’un compte qu’il est"
                " vérifié. Personne n’y est obligé."
            ),
            "who": _("Vous le notez, devant la personne, avec l’adresse de son compte."),
            "action": (_("Noter une personne vue"), new_url),
        },
    }
    return desk_page(request, "seen.html", context, title=_("Vérifiées au guichet"), crumbs=_crumbs())


def _row(each: Verification) -> dict[str, str]:
    return {
        "who": _called(each),
        "on": day(each.on),
        "revoke_url": f"{list_path()}/{each.pk}/reprendre",
    }


def _called(each: Verification) -> str:
    account = getattr(each.person, "account", None)
    return account.email if account else _("une personne sans compte")


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def note(request: Request) -> HttpResponse:
    def act(cleaned: dict[str, Any]) -> str:
        note_desk_check(
            person=account_at(cleaned["email"]).person,
            by=someone(request),
            source=request.authority.slug,
            clock=request.clock,
        )
        return list_path()

    asked = Asked(
        title=_("Noter une personne vue au guichet"),
        lead=_(
            "Elle est devant vous, avec une pièce d’identité à son nom. Rien de cette pièce n’est gardé : seulement le"
            " jour, et le nom de la collectivité. Ce qu’elle a déjà soutenu n’y change pas."
        ),
        send=_("Noter qu’elle est vérifiée"),
        done=_("C’est noté. Ses prochains soutiens sont ceux d’une personne vérifiée."),
        crumbs=(*_crumbs(), (_("Vérifiées au guichet"), list_path())),
        is_public=False,
    )
    return ask(request, SeenForm(request.POST if request.method == "POST" else None), act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
@recently_authenticated
def revoke(request: Request, check: UUID) -> HttpResponse:
    noted = desk_check_by(request.authority.slug, check)
    if noted is None:
        raise Http404

    def act(_cleaned: dict[str, Any]) -> str:
        revoke_desk_check(verification=noted)
        return list_path()

    asked = Asked(
        title=_("Reprendre la vérification de %(who)s") % {"who": _called(noted)},
        lead=_(
            "Pour une erreur : la personne n’a pas été vue, ou le compte n’est pas le sien. Ce qu’elle a soutenu entre-temps"
            " reste compté comme il l’était."
        ),
        send=_("Reprendre cette vérification"),
        done=_("C’est repris. Il n’en reste rien."),
        crumbs=(*_crumbs(), (_("Vérifiées au guichet"), list_path())),
        is_public=False,
    )
    return ask(request, SureForm(request.POST if request.method == "POST" else None), act, asked)
