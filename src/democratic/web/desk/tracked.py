"""The tracker's table as its page, its filters and its file read it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from democratic.participation.commitments.queries import LATE
from democratic.participation.tracker.table import Group, Narrowed, Tracked
from democratic.thread.models import Kind
from democratic.web import words
from democratic.web.desk.rows import MOVES
from democratic.web.formats import day
from democratic.web.places import at, record_path
from democratic.web.suites.csv_files import Cell
from democratic.web.suites.heard_line import asked_line

SERVICE, STATE = "service", "etat"
STANDINGS = (LATE, "due", "doing")


def narrowed_by(asked: QueryDict, groups: Sequence[Group]) -> Narrowed:
    """What was asked for, of what there is: an unknown value narrows nothing."""
    services = {group.service_id for group in groups}
    return Narrowed(
        tuple(sorted(services.intersection(asked.getlist(SERVICE)))),
        tuple(code for code in STANDINGS if code in asked.getlist(STATE)),
    )


def how_many(groups: Sequence[Group], narrowed: Narrowed) -> int:
    return sum(
        group.n
        for group in groups
        if (not narrowed.services or group.service_id in narrowed.services)
        and (not narrowed.standings or group.standing in narrowed.standings)
    )


def pairs_of(narrowed: Narrowed) -> list[tuple[str, str]]:
    return [
        *((SERVICE, pk) for pk in narrowed.services),
        *((STATE, code) for code in narrowed.standings),
    ]


def tracker_path(narrowed: Narrowed, page: int = 1, form: str = "") -> str:
    pairs = pairs_of(narrowed) + ([("page", str(page))] if page > 1 else [])
    return at("/bureau/suivi" + form) + (f"?{urlencode(pairs)}" if pairs else "")


def facets_of(groups: Sequence[Group], narrowed: Narrowed) -> dict[str, Any]:
    by_service, by_standing = Counter[str](), Counter[str]()
    for group in groups:
        by_service[group.service_id] += group.n
        by_standing[group.standing] += group.n
    names = {group.service_id: group.service for group in groups}
    return {
        "action": at("/bureau/suivi"),
        "label": _("Filtrer le tableau"),
        "keep": [],
        "groups": [
            {
                "legend": _("Où il en est"),
                "name": STATE,
                "choices": [
                    (
                        code,
                        words.state_word(code, "commitment"),
                        by_standing[code],
                        code in narrowed.standings,
                    )
                    for code in STANDINGS
                    if by_standing[code]
                ],
            },
            {
                "legend": _("Service"),
                "name": SERVICE,
                "choices": [
                    (pk, name, by_service[pk], pk in narrowed.services) for pk, name in names.items()
                ],
            },
        ],
    }


def row_of(line: Tracked, *, may_act: bool) -> dict[str, Any]:
    record, owed = line.owed.record, line.owed
    kind = Kind(record.kind)
    return {
        "title": record.title,
        "url": at(f"/bureau/engagements/{record.code}")
        if kind == Kind.COMMITMENT
        else record_path(kind, record.code),
        "meta": f"{owed.get_owed_display()} · {owed.service.name}",
        "state": line.standing,
        "of": owed.owed,
        "label": words.days_late(line.days_late) if line.days_late else "",
        "due": day(owed.due_on),
        "first": day(owed.first_due_on) if owed.due_on != owed.first_due_on else "",
        "heard": day(line.heard.last_on) if line.heard.last_on else _("aucune nouvelle"),
        "asked": asked_line(line.heard),
        "move_url": at(MOVES[kind] % record.code) if may_act else "",
    }


HEAD = (
    "code", "type", "titre", "service", "etat", "premiere_date", "date", "jours_de_retard", "reports",
    "derniere_nouvelle", "demandee_depuis", "demandes_sans_reponse",
)  # fmt: skip


def cells_of(line: Tracked) -> list[Cell]:
    owed, heard = line.owed, line.heard
    return [
        owed.record.code,
        owed.owed,
        str(owed.record.title),
        owed.service.name,
        line.standing,
        owed.first_due_on.isoformat(),
        owed.due_on.isoformat(),
        line.days_late,
        line.put_off,
        heard.last_on.isoformat() if heard.last_on else "",
        heard.unanswered[0].isoformat() if heard.unanswered else "",
        len(heard.unanswered),
    ]
