"""Where one writes: seen beforehand as a visitor will, and never over what someone else wrote meanwhile."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.editorial.actions.drafting import (
    Overtaken,
    draft_publication,
    last_wording,
    revise,
)
from democratic.communities.editorial.models import Publication
from democratic.kernel.ids import uuid7
from democratic.kernel.text import to_page_html
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Wording
from democratic.web.acts import attempt, refused
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.groups import grouped
from democratic.web.desk.pages import Crumb, desk_page
from democratic.web.editorial.desk.differences import differences
from democratic.web.editorial.desk.forms import NewForm, WritingForm
from democratic.web.editorial.desk.listing import SORT, publication_at
from democratic.web.pages import as_safe
from democratic.web.requests import Request
from democratic.web.written.places import desk_list_path, desk_path

PREVIEW = "preview"


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request) -> HttpResponse:
    kind = Kind.NEWS if request.GET.get(SORT) == Kind.NEWS else Kind.PAGE
    form = NewForm(request.POST or None, initial={"kind": kind.value})

    def act(cleaned: dict[str, Any]) -> str:
        made = draft_publication(
            authority=request.authority,
            kind=Kind(cleaned["kind"]),
            words=_words(cleaned, get_language() or "fr"),
            slug=cleaned["slug"],
            function=function_of(request),
            clock=request.clock,
        )
        return desk_path(made.record.code)

    return ask_to_write(
        request,
        form,
        act,
        title=_("Écrire une page ou une actualité"),
        crumbs=((_("Pages et actualités"), desk_list_path(kind)),),
        done=_("C’est un brouillon : relisez-le, puis publiez."),
        is_public=False,
    )


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, code: str) -> HttpResponse:
    publication = publication_at(request, code)
    last = last_wording(publication)
    form = WritingForm(
        request.POST or None, initial={"title": last.title, "text": last.text, "slug": publication.slug}
    )
    if not publication.slug:
        del form.fields["slug"]
    met: list[Wording] = []

    def act(cleaned: dict[str, Any]) -> str:
        try:
            revise(
                publication=publication,
                words=_words(cleaned, last.language),
                seen=seen_in(request, last),
                slug=cleaned.get("slug", ""),
                function=function_of(request),
                clock=request.clock,
            )
        except Overtaken as overtaken:
            met.append(overtaken.last)
            raise
        return desk_path(code)

    return ask_to_write(
        request,
        form,
        act,
        title=_("Modifier « %(title)s »") % {"title": last.title},
        crumbs=_crumbs(publication),
        done=_("C’est enregistré : la version d’avant reste dans la liste."),
        is_public=publication.appears_at is not None,
        last=last,
        met=met,
    )


def seen_in(request: Request, last: Wording) -> int:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else last.version  # noqa: PLR2004  versions


def ask_to_write(
    request: Request,
    form: forms.Form,
    act: Any,
    *,
    title: str,
    crumbs: tuple[Crumb, ...],
    done: str,
    is_public: bool,
    last: Wording | None = None,
    met: list[Wording] | None = None,
    framed: Callable[..., HttpResponse] | None = None,
) -> HttpResponse:
    """``met`` is filled by ``act`` with the version that came first: both texts are then shown.

    ``framed`` shows the page (request, context, title, status) to who does not write at the desk.
    """
    preview = None
    if request.method == "POST" and PREVIEW in request.POST:
        if form.is_valid():
            preview = as_safe(to_page_html(form.cleaned_data["text"]))
    elif request.method == "POST":
        location = attempt(request, form, lambda _person, cleaned: act(cleaned))
        if location is not None:
            messages.success(request, done)
            return location
    other = met[0] if met else None
    context = {
        "heading": title,
        "form": form,
        "groups": grouped(form),
        "back": crumbs[-1][1],
        "key": request.POST.get("key") or uuid7().hex,
        "seen": other.version if other else seen_in(request, last) if last else "",
        "is_public": is_public,
        "preview": preview,
        "other": other,
        "changes": differences(str(other.text), form.cleaned_data.get("text", "")) if other else [],
    }
    status = 200 if preview is not None else refused(form)
    if framed is not None:
        return framed(request, context, title, status)
    return desk_page(request, "write.html", context, title=title, crumbs=crumbs, status=status)


def _words(cleaned: dict[str, Any], language: str) -> Words:
    return Words(title=cleaned["title"], text=cleaned["text"], language=language)


def _crumbs(publication: Publication) -> tuple[Crumb, ...]:
    record = publication.record
    return ((_("Pages et actualités"), desk_list_path(record.kind)), (record.title, desk_path(record.code)))
