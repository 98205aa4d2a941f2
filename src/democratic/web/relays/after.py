"""What became of what was said in a conversation: a page, and its feeds beside it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.participation.conversations.relaying import code_once_open
from democratic.participation.reports.conversed import became_of
from democratic.participation.reports.home import title_of
from democratic.web.feed_links import feeds_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import fil_path, process_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.moves import told_by
from democratic.web.requests import Request


@require_safe
def after(request: Request, code: str) -> HttpResponse:
    """It outlives the code and the flow: what was said there is still owed."""
    found = code_once_open(request.authority, code)
    if found is None or found.code != code:
        raise Http404
    flow, viewer, today = found.flow, anyone(request), today_of(request)

    def build() -> Main:
        title = _("Ce que c’est devenu")
        process = flow.process
        rows = [
            {"title": name, "more": [str(part) for part in more if part], "url": fil_path(move.code)}
            for move in became_of(viewer, flow)
            for name, *more in [told_by(move, today)]
        ]
        context = {
            "title": title,
            "process": title_of(process.record),
            "process_url": process_path(process.slug),
            "rows": rows,
            "empty": {
                "what": _("Pas encore de suite"),
                "why": _("Ce qui a été dit est en train d’être lu. Rien n’en a encore été décidé."),
                "who": _("La collectivité répond ici même, à la date qu’elle a promise."),
                "action": (_("Voir la concertation"), process_path(process.slug)),
            },
        }
        named = f"{title} · {context['process']}"
        return Main("web/relays/after.html", context, title=named, feeds=feeds_of(f"/r/{code}/suites"))

    return show_stored(request, flow.process_id, build)
