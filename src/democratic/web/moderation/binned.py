"""« La corbeille lisible »: what moderation took away, for who is signed in; decisions are judged on what they hide."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.stewardship.moderation.queries.public import A_PAGE, Binned, readable_bin
from democratic.web.moderation.phrases import ruling_row
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request


@require_safe
def readable(request: Request) -> HttpResponse:
    if not request.viewer.is_signed_in:
        return redirect_to_login(request.get_full_path())
    paging = paging_of(request, A_PAGE)
    found, total = readable_bin(request.viewer, skip=paging.offset)
    title, here = _("La corbeille lisible"), at("/moderation/corbeille")
    context = {
        "title": title,
        "trail": [(_("La modération"), at("/moderation")), (title, "")],
        "binned": [_drawn(each) for each in found],
        "pager": pager(paging, len(found), total, here),
        "empty": {
            "what": title,
            "why": _("La modération n’a rien masqué, ou tout a été remis en ligne."),
            "who": _("Ce qu’elle masquera se lira ici, avec la règle et les faits."),
            "action": (_("Lire la charte"), at("/moderation")),
        },
    }
    return show_once(request, Main("web/moderation/bin.html", context, title=title))


def _drawn(binned: Binned) -> dict[str, Any]:
    words = (binned.record.text or binned.record.title) if binned.is_readable else ""
    return {**ruling_row(binned.ruling), "words": words, "is_readable": binned.is_readable}
