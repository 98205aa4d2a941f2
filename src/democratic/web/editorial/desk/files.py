"""The files under a text: one more, or one less, whose line stays once the text is public."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.communities.editorial.actions import show_file, take_file_off
from democratic.communities.editorial.models import Publication
from democratic.thread.models import Visibility
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.forms.fields import text_field
from democratic.web.desk.pages import Asked, ask
from democratic.web.editorial.desk.forms import FileForm
from democratic.web.editorial.desk.listing import publication_at
from democratic.web.requests import Request
from democratic.web.uploads import take_file, warn_of_what_it_lacks
from democratic.web.written.drawn import named_files
from democratic.web.written.places import desk_list_path, desk_path


class TakeOffForm(forms.Form):
    reason = text_field(
        gettext_lazy("Pourquoi"),
        rows=3,
        help_text=gettext_lazy("Ce motif est public, avec votre fonction et le jour. Il le reste."),
    )


def _asked(publication: Publication, title: str, send: str, done: str, lead: str = "") -> Asked:
    record = publication.record
    crumbs = ((_("Pages et actualités"), desk_list_path(record.kind)), (record.title, desk_path(record.code)))
    is_public = record.visibility == Visibility.PUBLIC
    return Asked(
        title=title, send=send, done=done, lead=lead, crumbs=crumbs, is_announced=True, is_public=is_public
    )


@require_http_methods(["GET", "POST"])
@for_agents
def add(request: Request, code: str) -> HttpResponse:
    publication = publication_at(request, code)
    taken: dict[str, Any] = {}

    def prepare(cleaned: dict[str, Any]) -> None:
        taken["file"] = take_file(request, cleaned["file"], cleaned["file_alt"])

    def act(_cleaned: dict[str, Any]) -> str:
        show_file(publication=publication, new=taken["file"], clock=request.clock)
        warn_of_what_it_lacks(request, taken["file"])
        return desk_path(code)

    asked = _asked(publication, _("Ajouter un fichier"), _("Ajouter"), _("Le fichier est là, sous le texte."))
    return ask(request, FileForm(request.POST or None, request.FILES or None), act, asked, prepare)


@require_http_methods(["GET", "POST"])
@for_agents
@recently_authenticated
def take_off(request: Request, code: str, sha256: str) -> HttpResponse:
    publication = publication_at(request, code)
    name = _name_of(publication, sha256)
    if not name and request.method == "GET":  # sent twice, a form still shows its first result
        raise Http404
    is_public = publication.record.visibility == Visibility.PUBLIC
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if not is_public:
        del form.fields["reason"]

    def act(cleaned: dict[str, Any]) -> str:
        take_file_off(
            publication=publication,
            sha256=sha256,
            reason=cleaned.get("reason", ""),
            function=function_of(request),
            clock=request.clock,
        )
        return desk_path(code)

    lead = (
        _(
            "Le fichier s’efface, et son adresse ne répond plus."
            " Une ligne reste parmi les versions : ce qu’il était, quand et pourquoi il est parti."
        )
        if is_public
        else _("Le fichier s’efface. Personne ne l’avait vu.")
    )
    asked = _asked(
        publication,
        _("Ôter « %(name)s »") % {"name": name},
        _("Ôter ce fichier"),
        _("Le fichier est ôté."),
        lead,
    )
    return ask(request, form, act, asked)


def _name_of(publication: Publication, sha256: str) -> str:
    """Empty when nothing by that address is shown there."""
    named = named_files(list(publication.record.attachments.all()))
    return next((name for each, name in named if each.file_id == sha256), "")
