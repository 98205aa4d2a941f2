"""The page of one elected person: each number is a link to its list, and what is late comes first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.models import Official
from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.reports.commitment_lines import LATE, WITHDRAWN, CommitmentLine
from democratic.participation.reports.officials import (
    Balance,
    Delay,
    OrderLine,
    answers_signed_by,
    balance_of,
    delays_of,
)
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.formats import day, number
from democratic.web.pages import Main
from democratic.web.places import at, official_path, process_path, record_path
from democratic.web.processes.paging import Paging, pager
from democratic.web.sentences import tell, together
from democratic.web.suites.states import label_of, promised

Rows = list[dict[str, Any]]

ORDERS, ANSWERS, OVERDUE, AHEAD, KEPT, UNKEPT, DELAYS = (
    "commandes", "reponses", "retards", "a-venir", "tenus", "non-tenus", "reports",
)  # fmt: skip
_STATES = {
    AHEAD: (CommitmentState.DUE, CommitmentState.DOING),
    KEPT: (CommitmentState.KEPT, CommitmentState.PART),
    UNKEPT: (CommitmentState.UNKEPT, WITHDRAWN),
}


def build_official(
    viewer: Viewer, official: Official, today: date, asked: str, paging: Paging, term: str
) -> Main:
    balance = balance_of(viewer, official, today)
    numbers = _numbers(balance)
    late = numbers[OVERDUE][1]
    shown = asked if asked in numbers else (OVERDUE if late else ORDERS)
    rows = _rows(viewer, official, balance, shown, paging)
    path = official_path(official.pk)
    context = {
        "prefix": at(""),
        "trail": [(_("Élues et élus"), at("/elus")), (official.name, "")],
        "official": official,
        "term": term,
        "late": late,
        "late_url": f"{path}?voir={OVERDUE}",
        "tabs": [
            (f"{label} ({number(n)})", f"{path}?voir={key}", key == shown)
            for key, (label, n) in numbers.items()
        ],
        "heading": numbers[shown][0],
        "rows": rows,
        "nothing": _NOTHING[shown](),
        "pager": pager(paging, len(rows), numbers[shown][1], path, voir=shown),
    }
    return Main("web/officials/page.html", context, official.name, official.function, "follow")


def _numbers(balance: Balance) -> dict[str, tuple[str, int]]:
    """In the order in which they are read: what she was asked, what she said, what became of it."""
    late = len(balance.late_orders) + len(balance.standing(LATE))
    return {
        ORDERS: (_("Commandes"), len(balance.orders)),
        ANSWERS: (_("Réponses signées"), balance.answers),
        OVERDUE: (_("En retard"), late),
        AHEAD: (_("Engagements à venir"), len(balance.standing(*_STATES[AHEAD]))),
        KEPT: (_("Engagements tenus"), len(balance.standing(*_STATES[KEPT]))),
        UNKEPT: (_("Non tenus ou retirés"), len(balance.standing(*_STATES[UNKEPT]))),
        DELAYS: (_("Reports"), balance.delays),
    }


_NOTHING = {
    ORDERS: lambda: _("Aucune commande ne lui demande encore de réponse."),
    ANSWERS: lambda: _("Aucune réponse signée encore."),
    OVERDUE: lambda: _("Rien n’est en retard aujourd’hui."),
    AHEAD: lambda: _("Aucun engagement n’est à venir."),
    KEPT: lambda: _("Aucun engagement n’est tenu à ce jour."),
    UNKEPT: lambda: _("Aucun engagement n’a été abandonné ni retiré."),
    DELAYS: lambda: _("Aucune date n’a été reportée."),
}


def _rows(viewer: Viewer, official: Official, balance: Balance, shown: str, paging: Paging) -> Rows:
    first, last = paging.offset, paging.offset + paging.size
    if shown == ANSWERS:
        found = answers_signed_by(viewer, official, offset=first, limit=paging.size)
        return [_answer(each) for each in found]
    if shown == DELAYS:
        return [_delay(each) for each in delays_of(viewer, official, offset=first, limit=paging.size)]
    if shown == ORDERS:
        return [_order(each) for each in balance.orders[first:last]]
    if shown == OVERDUE:
        late: Sequence[OrderLine | CommitmentLine] = [*balance.late_orders, *balance.standing(LATE)]
        return [
            _order(each) if isinstance(each, OrderLine) else _commitment(each) for each in late[first:last]
        ]
    return [_commitment(each) for each in balance.standing(*_STATES[shown])[first:last]]


def _row(title: str, url: str, meta: str, state: str = "", of: str = "", label: str = "") -> dict[str, Any]:
    return {
        "title": title, "url": url, "meta": meta, "origin": "web", "n": None,
        "state": state, "of": of, "state_label": label,
    }  # fmt: skip


def _order(order: OrderLine) -> dict[str, Any]:
    meta = promised(order.due) or _("Réponse promise pour le %(day)s") % {"day": day(order.promised_on)}
    state, label = "due", ""
    if order.is_withdrawn:
        state = "withdrawn"
    elif order.is_late:
        state, label = "late", words.days_late(order.days_late)
    elif not order.is_open:
        state, label = "kept", _("Réponse donnée")
    return _row(order.title, record_path(Kind.MANDATE, order.code), meta, state, "answer", label)


def _answer(answer: Answer) -> dict[str, Any]:
    signed = _("Signée le %(day)s") % {"day": day(answer.signed_at)}
    by = _("par délégation") if answer.is_by_delegation else ""
    replaced = "" if answer.is_current else _("remplacée depuis")
    meta = together(" · ", signed, by, replaced)
    return _row(
        answer.subject.title, record_path(Kind.ANSWER, answer.record.code), meta, answer.verdict, "answer"
    )


def _commitment(line: CommitmentLine) -> dict[str, Any]:
    put_off = (
        ngettext("reporté une fois", "reporté %(n)s fois", line.times_put_off)
        % {"n": number(line.times_put_off)}
        if line.times_put_off
        else ""
    )
    meta = together(" · ", line.due.service, promised(line.due), put_off)
    url = record_path(Kind.COMMITMENT, line.code)
    return _row(line.title, url, meta, line.shown, "commitment", label_of(line.shown, line.due))


def _delay(delay: Delay) -> dict[str, Any]:
    moved = tell(
        _("Le %(on)s, du %(old)s au %(new)s : %(reason)s"),
        on=day(delay.postponed_on),
        old=day(delay.previous_on),
        new=day(delay.new_on),
        reason=delay.reason,
    )
    url = process_path(delay.slug) if delay.slug else record_path(delay.kind, delay.code)
    return _row(delay.title, url, together(" · ", moved, delay.function))
