"""« Notre charte et la modération »: the rules, the year in figures, every decision; and the year as a table."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.stewardship.moderation.charter import MEANS, NOT_READABLE, Rule
from democratic.stewardship.moderation.models import Ruling
from democratic.stewardship.moderation.queries.public import (
    A_PAGE,
    YearOfModeration,
    rulings_of,
    year_of,
    years_with_rulings,
)
from democratic.web.formats import number
from democratic.web.moderation.phrases import became, ruling_row
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.csv_files import Cell, csv_response

FIRST_YEAR, LAST_YEAR = 2000, 2200
HEAD = (
    "code", "day", "subject", "subject_kind", "outcome", "rule", "law", "facts",
    "flagged_automatically", "decided_automatically", "second_to", "after_appeal",
)  # fmt: skip


def _year(request: Request) -> int:
    """The one asked for; what is no year is this one."""
    this = timezone.localtime(request.clock.now()).year
    asked = request.GET.get("annee", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) == len(str(FIRST_YEAR))):
        return this
    return int(asked) if FIRST_YEAR <= int(asked) <= LAST_YEAR else this


@require_safe
def register(request: Request) -> HttpResponse:
    year, paging = _year(request), paging_of(request, A_PAGE)
    found = rulings_of(request.viewer, year)
    rows = [ruling_row(each) for each in found[paging.offset : paging.offset + paging.size]]
    title = _("Notre charte et la modération")
    here = at("/moderation")
    years = sorted({*years_with_rulings(request.viewer), year}, reverse=True)
    context = {
        "title": title,
        "trail": [(title, "")],
        "charter": [(rule.label, MEANS[rule], rule in NOT_READABLE) for rule in Rule],
        "year": year,
        "tabs": [(str(each), f"{here}?annee={each}", each == year) for each in years],
        "numbers": _numbers(year_of(request.authority, year)),
        "rows": rows,
        "pager": pager(paging, len(rows), found.count(), here, annee=str(year)),
        "csv": at(f"/moderation/{year}.csv"),
        "bin": at("/moderation/corbeille"),
        "follow": at("/signalement"),
    }
    told = _("Les règles, qui décide, et chaque décision avec sa raison.")
    return show(request, Main("web/moderation/register.html", context, title=title, description=told))


def _numbers(year: YearOfModeration) -> list[tuple[str, str]]:
    numbers = [
        (_("signalements reçus"), number(year.notices)),
        (_("dont repérés par un calcul"), number(year.automatic)),
        (_("paroles gardées"), number(year.kept)),
        (_("paroles masquées"), number(year.hidden)),
        (_("premières paroles non publiées"), number(year.refused)),
        (_("recours"), number(year.appeals)),
        (_("décisions annulées après recours"), number(year.overturned)),
    ]
    if year.days is not None:
        numbers.append((_("jours pour décider, une fois sur deux"), number(year.days)))
    return numbers


@require_safe
def yearly(request: Request, year: int) -> HttpResponse:
    """One line a decision, in the order of time; codes stay the same in every language."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    found = rulings_of(request.viewer, year).reverse()
    return csv_response(f"moderation-{year}", HEAD, (_line(each) for each in found))


def _line(ruling: Ruling) -> list[Cell]:
    record = ruling.record
    moment: Any = timezone.localtime(record.happened_at)
    return [
        record.code, moment.date().isoformat(), ruling.subject.code, ruling.subject.kind, ruling.outcome, ruling.rule,
        ruling.ground, record.text, _yes(said=ruling.was_flagged_automatically), "no",
        ruling.second_to.record.code if ruling.second_to else "", became(ruling) and _after(ruling),
    ]  # fmt: skip


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"


def _after(ruling: Ruling) -> str:
    return "upheld" if ruling.second.outcome == ruling.outcome else "overturned"
