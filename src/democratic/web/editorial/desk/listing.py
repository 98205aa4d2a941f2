"""What is written and where it stands: drafts first, then the newest."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.editorial.models import Publication
from democratic.communities.editorial.queries import get_publication, in_hand, versions_of
from democratic.kernel.ids import read_code
from democratic.thread.models import Kind, Visibility
from democratic.thread.rules import is_administrator
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import desk_page
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.written.drawn import drawn, moment_of, named_files, when_of
from democratic.web.written.places import desk_list_path, desk_path, public_path

ROWS = 30
SORT = "sorte"


def publication_at(request: Request, code: str) -> Publication:
    found = get_publication(request.authority, read_code(code) or "")
    if found is None:
        raise Http404
    return found


@require_GET
@for_agents
def listed(request: Request) -> HttpResponse:
    kind = Kind.NEWS if request.GET.get(SORT) == Kind.NEWS else Kind.PAGE
    paging = paging_of(request, ROWS)
    found, total = in_hand(request.authority, kind, offset=paging.offset, limit=paging.size)
    new_url = at("/bureau/publications/nouvelle") + f"?{SORT}={kind.value}"
    context = {
        "rows": [_row(each, request) for each in found],
        "sorts": [
            (_("Pages"), desk_list_path(), kind == Kind.PAGE),
            (_("Actualités"), desk_list_path(Kind.NEWS), kind == Kind.NEWS),
        ],
        "pager": pager(paging, len(found), total, at("/bureau/publications"), **{SORT: kind.value}),
        "new_url": new_url,
        "may_administer": bool(is_administrator(request.viewer)),
        "empty": {
            "what": _("Aucune page") if kind == Kind.PAGE else _("Aucune actualité"),
            "why": _("Une page reste à son adresse ; une actualité est datée et s’ajoute à la liste."),
            "who": _("Vous l’écrivez, vous la relisez comme la verra un visiteur, puis vous la publiez."),
            "action": (_("Écrire"), new_url),
        },
    }
    return desk_page(request, "publications.html", context, title=_("Pages et actualités"))


def _row(publication: Publication, request: Request) -> dict[str, Any]:
    return {
        "title": publication.record.title,
        "url": desk_path(publication.record.code),
        "where": f"/pages/{publication.slug}" if publication.slug else publication.record.code,
        "standing": standing_of(publication, request),
    }


def standing_of(publication: Publication, request: Request) -> str:
    if hasattr(publication.record, "withdrawal"):
        return _("retirée en public")
    if publication.appears_at is None:
        return _("brouillon")
    if publication.record.visibility == Visibility.DRAFT and publication.appears_at > request.clock.now():
        return _("paraîtra le %(when)s") % {"when": moment_of(publication)}
    return _("publiée le %(when)s") % {"when": when_of(publication)}


@require_GET
@for_agents
def detail(request: Request, code: str) -> HttpResponse:
    """As a visitor will read it, with every version beside."""
    publication = publication_at(request, code)
    record = publication.record
    is_out = record.visibility == Visibility.PUBLIC
    context = drawn(publication) | {
        "standing": standing_of(publication, request),
        "is_out": is_out,
        "is_due": not is_out and publication.appears_at is not None,
        "is_gone": hasattr(record, "withdrawal"),
        "public_url": public_path(publication),
        "files": [
            (name, desk_path(record.code, f"fichiers/{each.file_id}/oter"))
            for each, name in named_files(list(record.attachments.all()))
        ],
        "may_reread": is_out and record.kind == Kind.PAGE,
        "versions": [
            {
                "version": each.version,
                "when": each.revision.revised_on,
                "who": each.revision.function,
                "url": desk_path(record.code, f"versions/{each.version}"),
            }
            for each in versions_of(record)
        ],
        "pages": {
            page: desk_path(record.code, page)
            for page in ("modifier", "publier", "fichier", "ne-plus-publier", "relue")
        },
        "withdraw_url": at(f"/bureau/retirer/{record.code}"),
    }
    crumbs = ((_("Pages et actualités"), desk_list_path(record.kind)),)
    return desk_page(request, "publication.html", context, title=record.title, crumbs=crumbs)
