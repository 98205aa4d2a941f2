"""From a draft to the public: now or at an hour; read again; an earlier version back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from democratic.communities.editorial.actions import publish as publish_now
from democratic.communities.editorial.actions import reread, revise
from democratic.communities.editorial.actions.publishing import withhold
from democratic.communities.editorial.queries import versions_of
from democratic.kernel.refusals import Refusal
from democratic.thread.actions import Words
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents, function_of
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.editorial.desk.differences import differences
from democratic.web.editorial.desk.forms import PublishForm
from democratic.web.editorial.desk.listing import publication_at
from democratic.web.formats import day
from democratic.web.requests import Request
from democratic.web.written.places import desk_list_path, desk_path


def _asked(publication: Any, title: str, send: str, done: str, lead: str = "") -> Asked:
    record = publication.record
    crumbs = ((_("Pages et actualités"), desk_list_path(record.kind)), (record.title, desk_path(record.code)))
    return Asked(title=title, send=send, done=done, lead=lead, crumbs=crumbs, is_announced=True)


@require_http_methods(["GET", "POST"])
@for_agents
def publish(request: Request, code: str) -> HttpResponse:
    publication = publication_at(request, code)
    form = PublishForm(request.POST if request.method == "POST" else None)

    def act(_cleaned: dict[str, Any]) -> str:
        at = form.moment(request.authority.time_zone)
        publish_now(publication=publication, appears_at=at, clock=request.clock)
        return desk_path(code)

    asked = _asked(
        publication,
        _("Publier"),
        _("Publier"),
        _("C’est fait : publié, ou prévu pour l’heure dite."),
        _(
            "Laissez vide pour publier maintenant. Publié, un texte se modifie, version après version, et ne s’efface pas :"
            " il se retire en public."
        ),
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def hold_back(request: Request, code: str) -> HttpResponse:
    publication = publication_at(request, code)
    try:
        spend_a_write(request)
        withhold(publication=publication, clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(desk_path(code))


@require_POST
@for_agents
def read_again(request: Request, code: str) -> HttpResponse:
    publication = publication_at(request, code)
    try:
        spend_a_write(request)
        reread(publication=publication, function=function_of(request), clock=request.clock)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("C’est noté : cette page est relue, et rien n’y change."))
    return redirect(desk_path(code))


@require_http_methods(["GET", "POST"])
@for_agents
def version(request: Request, code: str, number: int) -> HttpResponse:
    """What that version changed; by POST, its words again, as a new one."""
    publication = publication_at(request, code)
    versions = {each.version: each for each in versions_of(publication.record)}
    asked = versions.get(number)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _restore(request, publication, asked, max(versions))
    before = max((each for each in versions if each < number), default=None)
    context = {
        "version": number,
        "when": day(asked.revision.revised_on),
        "who": asked.revision.function,
        "before": before,
        "changes": differences(
            f"{versions[before].title}\n{versions[before].text}" if before else "",
            f"{asked.title}\n{asked.text}",
        ),
        "is_last": number == max(versions),
        "here": desk_path(code, f"versions/{number}"),
    }
    crumbs = _asked(publication, "", "", "").crumbs
    title = _("Version %(n)d") % {"n": number}
    return desk_page(request, "version.html", context, title=title, crumbs=crumbs)


def _restore(request: Request, publication: Any, wording: Any, seen: int) -> HttpResponse:
    code = publication.record.code
    try:
        spend_a_write(request)
        revise(
            publication=publication,
            words=Words(str(wording.title), str(wording.text), wording.language),
            seen=seen,
            slug=publication.slug,
            function=function_of(request),
            clock=request.clock,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Ce texte est revenu, en une nouvelle version."))
    return redirect(desk_path(code))
