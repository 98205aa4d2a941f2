"""All that was judged, by every observatory: counted, narrowed, a page at a time."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from democratic.observatory.judgements import Narrowed, Tally, judgements
from democratic.observatory.models import Observatory
from democratic.observatory.queries import PAGE, hearings_of, observatories_of
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.formats import day, number
from democratic.web.observatory.pages.drawn import asked_for, bars, narrowed_by, nothing, tabs
from democratic.web.observatory.places import LIST, list_path, page_of
from democratic.web.pages import Main, show_stored
from democratic.web.places import at
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import hearing_row, judged_row


@require_safe
def page(request: Request) -> HttpResponse:
    viewer, today, paging = anyone(request), today_of(request), paging_of(request, PAGE)
    narrowed = narrowed_by(request.GET)
    return show_stored(request, request.authority.pk, lambda: _everything(viewer, today, narrowed, paging))


def _everything(viewer: Viewer, today: date, narrowed: Narrowed, paging: Paging) -> Main:
    observatories = observatories_of(viewer.authority)
    found = judgements(viewer.authority, today, narrowed, offset=paging.offset, limit=paging.size)
    tally, total = found.tally, found.tally.total
    heard = hearings_of([each.pk for each in observatories], limit=PAGE)
    context = {
        "prefix": at(""),
        "trail": [(_("Suivre les décisions"), at("/suivre")), (_("Observatoire"), "")],
        "title": _finding(tally),
        "observatories": [_card(each) for each in observatories],
        "chart": bars(tally) if total else None,
        "tabs": tabs(tally, narrowed),
        "rows": [judged_row(each) for each in found.rows],
        "pager": pager(
            paging,
            len(found.rows),
            tally.matching,
            list_path(),
            **asked_for(narrowed),
        ),
        "hearings": [hearing_row(each) for each in heard],
        "empty": nothing(has_observatory=bool(observatories), is_narrowed=bool(total or narrowed.process)),
        "every_url": list_path() if narrowed.process else "",
    }
    title = _("L’observatoire des engagements")
    return Main("web/observatory/list.html", context, title, _finding(tally), "follow", feeds=feeds_of(LIST))


def _finding(tally: Tally) -> str:
    total = tally.total
    if not total:
        return _("L’observatoire des engagements")
    judged = ngettext("%(n)s engagement jugé", "%(n)s engagements jugés", total) % {"n": number(total)}
    split = ngettext(
        "%(n)s en désaccord avec la collectivité",
        "%(n)s en désaccord avec la collectivité",
        tally.disagreeing,
    ) % {"n": number(tally.disagreeing)}
    return f"{judged}, {split}"


def _card(observatory: Observatory) -> dict[str, Any]:
    closing = getattr(observatory, "closing", None)
    return {
        "title": title_of(observatory.record),
        "url": page_of(observatory),
        "line": _("Dissous le %(day)s : ce qu’il a constaté reste.") % {"day": day(closing.closed_on)}
        if closing
        else _("Membres nommés par : %(body)s") % {"body": observatory.body.name},
    }
