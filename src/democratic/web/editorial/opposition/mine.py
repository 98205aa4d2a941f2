"""« Mes tribunes »: where members of a group write. For anybody else, agents included, it is not there."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.editorial.actions import publish_column, revise_column
from democratic.communities.editorial.actions.drafting import Overtaken, last_wording
from democratic.communities.editorial.groups import columns_of, groups_written_by
from democratic.communities.editorial.models import OppositionGroup
from democratic.communities.editorial.queries import piece_by_code
from democratic.kernel.ids import read_code
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Wording
from democratic.web.editorial.desk.forms import WritingForm
from democratic.web.editorial.desk.writing import ask_to_write, seen_in
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone
from democratic.web.written.drawn import row_of
from democratic.web.written.places import my_columns_path, public_path

ROWS = 20


def _groups(request: Request) -> list[OppositionGroup]:
    if request.helped:
        raise Http404
    found = groups_written_by(request.authority, person_and_claimed(someone(request)))
    if not found:
        raise Http404
    return found


def _framed(request: Request, context: dict[str, Any], title: str, status: int = 200) -> HttpResponse:
    trail = [(_("Mon compte"), at("/compte")), (_("Mes tribunes"), my_columns_path()), (title, "")]
    template = "web/desk/write.html"
    return show(request, Main(template, {"prefix": at(""), "trail": trail, **context}, title, status=status))


@require_GET
@login_required
def columns(request: Request) -> HttpResponse:
    groups, paging = _groups(request), paging_of(request, ROWS)
    found, total = columns_of(groups, offset=paging.offset, limit=paging.size)
    title = _("Mes tribunes")
    context = {
        "prefix": at(""),
        "trail": [(_("Mon compte"), at("/compte")), (title, "")],
        "title": title,
        "groups": [(each.name, my_columns_path(f"{each.pk}/nouvelle")) for each in groups],
        "rows": [
            row_of(each) | {"change_url": my_columns_path(f"{each.record.code}/modifier")} for each in found
        ],
        "pager": pager(paging, len(found), total, my_columns_path()),
    }
    return show(request, Main("web/editorial/mine.html", context, title))


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request, group: UUID) -> HttpResponse:
    held = next((each for each in _groups(request) if each.pk == group), None)
    if held is None:
        raise Http404
    form = WritingForm(request.POST or None)
    del form.fields["slug"]

    def act(cleaned: dict[str, Any]) -> str:
        made = publish_column(
            group=held,
            words=Words(cleaned["title"], cleaned["text"], get_language() or "fr"),
            person_ids=person_and_claimed(someone(request)),
            clock=request.clock,
        )
        return public_path(made)

    return ask_to_write(
        request,
        form,
        act,
        title=_("Écrire une tribune"),
        crumbs=((_("Mes tribunes"), my_columns_path()),),
        done=_("Votre tribune est publiée."),
        is_public=True,
        framed=_framed,
    )


@require_http_methods(["GET", "POST"])
@login_required
def change(request: Request, code: str) -> HttpResponse:
    groups = {each.pk for each in _groups(request)}
    found = piece_by_code(request.authority, Kind.COLUMN, read_code(code) or "", request.clock.now())
    if found is None or found.group_id not in groups:
        raise Http404
    last, met = last_wording(found), list[Wording]()
    form = WritingForm(request.POST or None, initial={"title": last.title, "text": last.text})
    del form.fields["slug"]

    def act(cleaned: dict[str, Any]) -> str:
        try:
            revise_column(
                column=found,
                words=Words(cleaned["title"], cleaned["text"], last.language),
                seen=seen_in(request, last),
                person_ids=person_and_claimed(someone(request)),
                clock=request.clock,
            )
        except Overtaken as overtaken:
            met.append(overtaken.last)
            raise
        return public_path(found)

    return ask_to_write(
        request,
        form,
        act,
        title=_("Modifier « %(title)s »") % {"title": last.title},
        crumbs=((_("Mes tribunes"), my_columns_path()),),
        done=_("C’est enregistré : la version d’avant reste dans la liste."),
        is_public=True,
        last=last,
        met=met,
        framed=_framed,
    )
