"""Merging ideas that say the same thing, by hand: each stays readable, and has the answer of the one that stays."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.grouping import (
    INADMISSIBLE,
    RECEIVED,
    inherit_state,
    leave,
    move_into,
    own_answer,
    refuse_merged,
    refuse_split,
    settle_answers,
)
from democratic.participation.answers.lineage import pass_to_merged, running_merges
from democratic.participation.ideas.events import IDEA_MERGED, IDEA_UNMERGED
from democratic.participation.obligations.actions import reopen
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.thread.actions import append_entry, bump_pages_of, end_link, link, recount, set_state
from democratic.thread.events import Event
from democratic.thread.models import Entry, Kind, LinkKind, Record, Visibility


@transaction.atomic
def merge_ideas(
    *, into: Record, merged: Iterable[Record], reason: str, function: str, clock: Clock
) -> list[Record]:
    """Each of these says what ``into`` says: counted with it, answered as it is, readable at its own code."""
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    ids = {record.pk for record in merged}
    if not ids or into.pk in ids:
        raise Refusal(_("Choisissez au moins une autre parole que celle qui reste."), field="into")
    locked = _locked({into.pk, *ids})
    target = locked.pop(into.pk)
    now = clock.now()
    _refuse_unless_mergeable(target, list(locked.values()))
    refuse_before_its_stage(target.process.as_process, Act.GROUP, now)  # type: ignore[union-attr]
    for record in locked.values():
        _join_theme(record, target, clock)
        entry = _tell(IDEA_MERGED, record, target, why, function, clock)
        link(source=record, kind=LinkKind.MERGED_INTO, target=target, entry=entry)
        recount(record)
    _settle(target, clock)
    return list(locked.values())


def _locked(ids: Iterable[UUID]) -> dict[UUID, Record]:
    rows = Record.objects.select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk")
    return {row.pk: row for row in rows.select_related("authority", "process__as_process", "theme")}


def _refuse_unless_mergeable(target: Record, merged: list[Record]) -> None:
    if target.process is None or any(record.process_id != target.process_id for record in merged):
        raise Refusal(_("On ne fusionne que des paroles d’une même concertation."))
    for record in (target, *merged):
        refuse_split(record)
        if record.kind != Kind.IDEA or record.visibility != Visibility.PUBLIC:
            raise Conflict(_("On ne fusionne que des paroles publiées."))
        if record.state == INADMISSIBLE:
            raise Conflict(
                _("Une parole hors du champ ne se fusionne pas : remettez-la d’abord dans le champ.")
            )
    ids = [record.pk for record in merged]
    refuse_merged([target.pk, *ids])
    if running_merges().filter(target__in=ids).exists():
        raise Conflict(_("D’autres paroles y sont déjà fusionnées : choisissez-la comme celle qui reste."))
    if any(own_answer(record) for record in merged):
        raise Conflict(
            _("Une parole qui a reçu sa propre réponse, signée, ne se fusionne pas dans une autre.")
        )


def _join_theme(record: Record, target: Record, clock: Clock) -> None:
    if record.theme_id == target.theme_id:
        return
    if target.theme is None:
        leave(record, clock)
    else:
        move_into(record, target.theme, clock)


@transaction.atomic
def unmerge_idea(*, idea: Record, reason: str, function: str, clock: Clock) -> None:
    """Say in public that it was not the same: it stands by itself again, in the same theme."""
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    record = _locked([idea.pk])[idea.pk]
    merge = running_merges().filter(source=record).select_related("target").first()
    if merge is None:
        raise Conflict(_("Cette parole n’est fusionnée dans aucune autre."))
    _part(record, merge.target, why, function, clock)
    _settle(merge.target, clock)


def part_from_withdrawn(*, target: Record, clock: Clock) -> None:
    """The target is shown no more, whoever took it away: those that had its answer are owed their own again."""
    for merge in running_merges().filter(target=target).select_related("source__authority", "source__theme"):
        _part(merge.source, target, "", "", clock)


def _part(record: Record, target: Record, why: str, function: str, clock: Clock) -> None:
    recount(record)
    entry = _tell(IDEA_UNMERGED, record, target, why, function, clock)
    end_link(source=record, kind=LinkKind.MERGED_INTO, target=target, entry=entry)
    if record.visibility != Visibility.PUBLIC:
        return
    if record.theme:
        inherit_state(record, record.theme)
    else:
        set_state(record, RECEIVED)
    if record.state == RECEIVED and record.process:
        reopen(record=record.process, owed=Owed.ANSWER, clock=clock)


def _tell(event: Event, record: Record, target: Record, why: str, function: str, clock: Clock) -> Entry:
    return append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"into": target.code},
        words={"reason": why, "function": clean_line(function)} if why else {},
        is_institutional=True,
    )


def _settle(target: Record, clock: Clock) -> None:
    if target.process:
        pass_to_merged(target.process.as_process)
        settle_answers(process=target.process.as_process, clock=clock)
    bump_pages_of(target)
