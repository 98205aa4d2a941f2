"""The register of processing: for people on a page, for the data-protection officer as files."""

import csv
import io
import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.stewardship.register import Applied, Processing, processings
from democratic.thread.addresses import public_address
from democratic.web.formats import day, number
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

NAME = "registre-des-traitements"


@require_safe
def register(request: Request) -> HttpResponse:
    title = _("Registre des traitements")
    context = {
        "prefix": at(""),
        "trail": [(title, "")],
        "authority": request.authority,
        "address": public_address(request.authority),
        "lines": [_line(each) for each in processings()],
        "downloads": [("CSV", at(f"/{NAME}.csv")), ("JSON", at(f"/{NAME}.json"))],
    }
    told = _("Chaque donnée gardée : pourquoi, sur quelle base, combien de temps, et quand elle est effacée.")
    return show(request, Main("web/home/register.html", context, title=title, description=told))


def _line(each: Processing) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "basis": _("%(label)s (RGPD, article %(article)s)")
        % {"label": each.kind.basis.label, "article": each.kind.basis.article},
        "tables": each.tables,
        "passages": [_passage(applied) for applied in each.applied],
    }


def _passage(applied: Applied) -> str:
    if applied.last is None:
        return _("%(term)s : premier passage la nuit prochaine") % {"term": applied.term.told}
    return _("%(term)s : dernier passage le %(day)s, lignes effacées : %(n)s") % {
        "term": applied.term.told,
        "day": day(applied.last.ran_at),
        "n": number(applied.last.forgotten),
    }


def _plain(each: Processing) -> dict[str, Any]:
    kind = each.kind
    return {
        "key": kind.key,
        "data": str(kind.what),
        "purpose": str(kind.why),
        "people": str(kind.people),
        "recipients": str(kind.seen_by),
        "legal_basis": kind.basis.value,
        "article": kind.basis.article,
        "may_show_opinions": kind.shows_opinions,
        "retention": kind.how_long,
        "tables": {table.name: list(table.columns) for table in each.tables},
        "terms": [
            {
                "days": applied.term.length,
                "job": applied.term.job,
                "last_run": applied.last.ran_at.isoformat() if applied.last else None,
                "rows_erased": applied.last.forgotten if applied.last else None,
            }
            for applied in each.applied
        ],
    }


@require_safe
def register_json(request: Request) -> HttpResponse:
    lines = [_plain(each) for each in processings()]
    told = {"controller": request.authority.name, "other_sites": [], "processings": lines}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def register_csv(_request: Request) -> HttpResponse:
    made = io.StringIO()
    rows = [
        {name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
         for name, value in _plain(each).items()}
        for each in processings()
    ]  # fmt: skip
    writer = csv.DictWriter(made, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    response = HttpResponse("\ufeff" + made.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{NAME}.csv"'
    return response
