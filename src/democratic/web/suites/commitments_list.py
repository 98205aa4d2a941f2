"""Every commitment of an authority: the tally, and a list narrowed by state, process and service."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from democratic.observatory.models import Verdict
from democratic.observatory.queries import Judged, holding_verdicts
from democratic.participation.commitments.models import Commitment
from democratic.participation.commitments.queries import (
    STANDINGS,
    CommitmentPage,
    Filters,
    Group,
    commitment_groups,
    commitment_page,
    standing_of,
    tally_of,
)
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.reports.commitment_lines import commitment_lines
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.feed_links import EVERY_FORM, feeds_of
from democratic.web.formats import number
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import paging_of
from democratic.web.requests import Request
from democratic.web.sentences import together
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import disagreement
from democratic.web.suites.states import label_of, promised

STATE, PROCESS, SERVICE = "etat", "concertation", "service"
MOST_KNOTS = 120  # beyond, a row of knots is no longer read one by one: figures say more


@require_safe
def commitments(request: Request) -> HttpResponse:
    viewer, page = anyone(request), paging_of(request, 15).number
    return show_stored(
        request,
        viewer.authority.pk,
        lambda: build_commitments(viewer, request.GET, today_of(request), page),
    )


def build_commitments(viewer: Viewer, asked: QueryDict, today: date, page: int) -> Main:
    groups = commitment_groups(viewer.authority.pk, today)
    filters = filters_of(asked, groups)
    found = commitment_page(viewer.authority.pk, today, filters, number=page)
    if page > 1 and not found.commitments:
        raise Http404
    dues = dues_of([each.pk for each in found.commitments], today)
    judged = holding_verdicts([each.pk for each in found.commitments])
    tally, total = tally_of(groups), sum(group.n for group in groups)
    name = _("Les engagements")
    context = {
        "prefix": at(""),
        "trail": [(_("Suivre les décisions"), at("/suivre")), (name, "")],
        "title": title_of_tally(tally, total),
        "tally": _knots(viewer, today) if 0 < total <= MOST_KNOTS else [],
        "tally_words": [{"code": code, "of": "commitment", "n": n} for code, n in tally.items() if n],
        "facets": _facets(groups, filters),
        "chips": _chips(groups, filters),
        "clear_url": at("/engagements"),
        "rows": [
            _row(each, dues.get((each.pk, Owed.COMMITMENT)), judged.get(each.pk, []))
            for each in found.commitments
        ],
        "pager": _pager(found, _matching(groups, filters), filters),
        "empty": None if found.commitments else _empty(is_narrowed=bool(total)),
    }
    feeds = feeds_of("/engagements", EVERY_FORM)
    return Main(
        "web/suites/commitments.html", context, name, title_of_tally(tally, total), "follow", feeds=feeds
    )


def filters_of(asked: QueryDict, groups: Sequence[Group]) -> Filters:
    """What was asked for, of what there is: an unknown value narrows nothing."""
    processes = {group.slug for group in groups}
    services = {group.service_id for group in groups}
    return Filters(
        tuple(code for code in STANDINGS if code in asked.getlist(STATE)),
        tuple(sorted(processes.intersection(asked.getlist(PROCESS)))),
        tuple(sorted(services.intersection(asked.getlist(SERVICE)))),
    )


def _matching(groups: Iterable[Group], filters: Filters) -> int:
    return sum(
        group.n
        for group in groups
        if (not filters.standings or group.standing in filters.standings)
        and (not filters.processes or group.slug in filters.processes)
        and (not filters.services or group.service_id in filters.services)
    )


def title_of_tally(tally: Mapping[str, int], total: int) -> str:
    if not total:
        return _("Les engagements")
    kept = ngettext("%(n)s tenu", "%(n)s tenus", tally["kept"]) % {"n": number(tally["kept"])}
    late = _("%(n)s en retard") % {"n": number(tally["late"])}
    all_ = ngettext("%(n)s engagement", "%(n)s engagements", total) % {"n": number(total)}
    return f"{all_}, {kept}, {late}"


def _knots(viewer: Viewer, today: date) -> list[dict[str, str]]:
    return [
        {
            "state": line.shown,
            "word": words.state_word(line.shown, "commitment"),
            "label": line.title,
            "url": record_path("commitment", line.code),
        }
        for line in commitment_lines(viewer, today)
    ]


def _facets(groups: Sequence[Group], filters: Filters) -> dict[str, Any]:
    by_standing, by_process, by_service = Counter[str](), Counter[str](), Counter[str]()
    for group in groups:
        by_standing[group.standing] += group.n
        by_process[group.slug] += group.n
        by_service[group.service_id] += group.n
    processes, services = _names(groups)
    return {
        "action": at("/engagements"),
        "label": _("Filtrer les engagements"),
        "keep": [],
        "groups": [
            {
                "legend": _("Où il en est"),
                "name": STATE,
                "choices": [
                    (code, words.state_word(code, "commitment"), by_standing[code], code in filters.standings)
                    for code in STANDINGS
                    if by_standing[code] or code in filters.standings
                ],
            },
            {
                "legend": _("Concertation"),
                "name": PROCESS,
                "choices": [
                    (slug, name, by_process[slug], slug in filters.processes) for slug, name in processes
                ],
            },
            {
                "legend": _("Service"),
                "name": SERVICE,
                "choices": [(pk, name, by_service[pk], pk in filters.services) for pk, name in services],
            },
        ],
    }


def _names(groups: Iterable[Group]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    processes = {group.slug: group.process for group in groups}
    services = {group.service_id: group.service for group in groups}
    return (
        sorted(processes.items(), key=lambda pair: pair[1]),
        sorted(services.items(), key=lambda pair: pair[1]),
    )


def _pairs(filters: Filters) -> list[tuple[str, str]]:
    return [
        *((STATE, code) for code in filters.standings),
        *((PROCESS, slug) for slug in filters.processes),
        *((SERVICE, pk) for pk in filters.services),
    ]


def _chips(groups: Sequence[Group], filters: Filters) -> list[tuple[str, str]]:
    processes, services = _names(groups)
    names = {**dict(processes), **dict(services)}
    pairs = _pairs(filters)
    return [
        (
            words.state_word(value, "commitment") if field == STATE else names[value],
            _address([pair for pair in pairs if pair != (field, value)]),
        )
        for field, value in pairs
    ]


def _address(pairs: Sequence[tuple[str, str]]) -> str:
    return at("/engagements") + (f"?{urlencode(pairs)}" if pairs else "")


def _row(commitment: Commitment, due: Due | None, judged: Sequence[Verdict]) -> dict[str, Any]:
    record = commitment.record
    standing = standing_of(record, due)
    found = [disagreement(Judged(each, standing)) for each in judged]
    meta = (commitment.service.name, promised(due), title_of(commitment.process.record), *found)
    return {
        "origin": record.origin,
        "title": title_of(record),
        "url": record_path(record.kind, record.code),
        "meta": together(" · ", *meta),
        "n": None,
        "state": standing,
        "of": "commitment",
        "state_label": label_of(standing, due),
    }


def _pager(page: CommitmentPage, total: int, filters: Filters) -> dict[str, Any] | None:
    if page.number == 1 and not page.has_next:
        return None
    pairs = _pairs(filters)

    def address(n: int) -> str:
        return _address([*pairs, ("page", str(n))] if n > 1 else pairs)

    return {
        "first": page.first,
        "last": page.last,
        "total": number(total),
        "previous_url": address(page.number - 1) if page.number > 1 else "",
        "next_url": address(page.number + 1) if page.has_next else "",
    }


def _empty(*, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Aucun engagement de cette sorte"),
            "why": _("Rien ne correspond à ces filtres."),
            "who": "",
            "action": (_("Voir tous les engagements"), at("/engagements")),
        }
    return {
        "what": _("Ce que la collectivité s’engage à faire"),
        "why": _("Aucun engagement n’est encore pris : il en vient après une décision."),
        "who": _("Chacun aura ici son service, sa date et ses preuves."),
        "action": (_("Voir les concertations"), at("/participer")),
    }
