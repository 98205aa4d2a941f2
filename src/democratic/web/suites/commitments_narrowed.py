"""The list of commitments narrowed: by state, process and service, in its address, its facets and its pages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from democratic.participation.commitments.queries import STANDINGS, CommitmentPage, Filters, Group
from democratic.web import words
from democratic.web.formats import number
from democratic.web.places import at

STATE, PROCESS, SERVICE = "etat", "concertation", "service"


def filters_of(asked: QueryDict, groups: Sequence[Group]) -> Filters:
    """What was asked for, of what there is: an unknown value narrows nothing."""
    processes = {group.slug for group in groups}
    services = {group.service_id for group in groups}
    return Filters(
        tuple(code for code in STANDINGS if code in asked.getlist(STATE)),
        tuple(sorted(processes.intersection(asked.getlist(PROCESS)))),
        tuple(sorted(services.intersection(asked.getlist(SERVICE)))),
    )


def how_many(groups: Iterable[Group], filters: Filters) -> int:
    return sum(
        group.n
        for group in groups
        if (not filters.standings or group.standing in filters.standings)
        and (not filters.processes or group.slug in filters.processes)
        and (not filters.services or group.service_id in filters.services)
    )


def facets_of(groups: Sequence[Group], filters: Filters) -> dict[str, Any]:
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


def chips_of(groups: Sequence[Group], filters: Filters) -> list[tuple[str, str]]:
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


def csv_path(filters: Filters) -> str:
    pairs = _pairs(filters)
    return at("/engagements.csv") + (f"?{urlencode(pairs)}" if pairs else "")


def pager_of(page: CommitmentPage, total: int, filters: Filters) -> dict[str, Any] | None:
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
