"""All commitments, for who judges them."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.observatory.models import Observatory
from democratic.observatory.queries import PAGE, commitments_to_judge, holding_verdicts
from democratic.web.observatory.access import for_members
from democratic.web.observatory.bench.trails import bench_trail
from democratic.web.observatory.places import page_of
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of


@require_GET
@for_members
def page(request: Request, observatory: Observatory) -> HttpResponse:
    """All commitments, those that were judged too: what one finds may change, and the first verdict stays."""
    paging, found = paging_of(request, PAGE), commitments_to_judge(request.viewer)
    known, total = list(found[paging.offset : paging.offset + paging.size]), found.count()
    held = holding_verdicts([each.pk for each in known])
    rows = []
    for each in known:
        ours = [one for one in held.get(each.pk, []) if one.observatory_id == observatory.pk]
        rows.append(
            {
                "title": title_of(each.record),
                "url": record_path(each.record.kind, each.record.code),
                "says": ours[0].says if ours else "",
                "judge_url": page_of(observatory, f"avis/{each.record.code}"),
            }
        )
    title = _("Tous les engagements")
    context = {
        "prefix": at(""),
        "trail": [*bench_trail(observatory), (title, "")],
        "title": title,
        "rows": rows,
        "pager": pager(paging, len(known), total, page_of(observatory, "avis")),
    }
    return show(request, Main("web/observatory/judge.html", context, title=title))
