"""Grouping contributions into themes, by hand: every move is public and can be undone."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.events import (
    CONTRIBUTION_GROUPED,
    CONTRIBUTION_INADMISSIBLE,
    CONTRIBUTION_READMITTED,
    CONTRIBUTION_UNGROUPED,
    THEME_OPENED,
)
from democratic.participation.answers.lineage import merged_into, pass_to_merged, running_merges
from democratic.participation.answers.models import Answer, Theme
from democratic.participation.obligations.actions import meet, reopen
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, append_entry, end_link, link, open_record, set_state
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.events import Event
from democratic.thread.models import Kind, LinkKind, Record, Visibility

RECEIVED, INADMISSIBLE = "received", "inadmissible"
# A whole whose parts are answered in its place, and a part that was joined back to its whole.
SPLIT, REJOINED = "split", "rejoined"


@transaction.atomic
def open_theme(*, process: Process, words: Words, author: Person | None, clock: Clock) -> Theme:
    if not clean_line(words.title):
        raise Refusal(_("Donnez un nom au sujet, dans les mots des gens."), field="title")
    refuse_before_its_stage(process, Act.GROUP, clock.now())
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.THEME,
            process=process.record,
            words=words,
            event=THEME_OPENED,
            author=author,
            state=RECEIVED,
            is_institutional=True,
        ),
        clock=clock,
    )
    last = Theme.objects.filter(process=process).aggregate(last=Max("rank"))["last"] or 0
    bump_pages_of(record)
    return Theme.objects.create(record=record, process=process, rank=last + 1)


@transaction.atomic
def group_contributions(*, contributions: Iterable[Record], theme: Theme, clock: Clock) -> int:
    """Group these contributions in a theme, moving those that were elsewhere. Returns how many moved."""
    now, moved = clock.now(), 0
    refuse_before_its_stage(theme.process, Act.GROUP, now)
    ids = [record.pk for record in contributions]
    refuse_merged(ids)
    ids += merged_into(ids).values_list("pk", flat=True)
    locked = Record.objects.select_for_update(of=("self",)).select_related("authority").filter(pk__in=ids)
    for record in locked.order_by("pk"):
        if record.process_id != theme.process_id or record.kind != Kind.IDEA:
            raise Refusal(_("Cette parole appartient à une autre concertation."))
        if record.theme_id == theme.pk or record.visibility != Visibility.PUBLIC:
            continue
        refuse_split(record)
        if record.state == INADMISSIBLE:
            raise Conflict(
                _("Une parole hors du champ ne se rapproche pas : remettez-la d’abord dans le champ.")
            )
        move_into(record, theme.record, clock)
        inherit_state(record, theme.record)
        moved += 1
    if moved:
        pass_to_merged(theme.process)
        bump_pages_of(theme.record)
    return moved


def move_into(record: Record, theme: Record, clock: Clock) -> None:
    """Out of its theme, into another; its state is the caller's."""
    _leave_theme(record, clock)
    entry = append_entry(
        CONTRIBUTION_GROUPED,
        record=record,
        now=clock.now(),
        data={"theme": theme.code},
        is_institutional=True,
    )
    link(source=record, kind=LinkKind.GROUPED_IN, target=theme, entry=entry)
    Record.objects.filter(pk=record.pk).update(theme=theme)


def leave(record: Record, clock: Clock) -> None:
    _leave_theme(record, clock)
    Record.objects.filter(pk=record.pk).update(theme=None)


def refuse_merged(ids: Iterable[UUID]) -> None:
    """What was merged goes where its target goes, and is answered as it is."""
    merge = running_merges().filter(source__in=list(ids)).select_related("target").first()
    if merge:
        raise Conflict(
            _("Cette parole est fusionnée dans %(code)s : agissez sur celle-là, ou défaites la fusion.")
            % {"code": merge.target.code}
        )


def refuse_split(record: Record) -> None:
    """What is owed to a whole is owed to each of its parts; to a part joined back, nothing any more."""
    if record.state == SPLIT:
        raise Conflict(_("Cette parole est scindée : agissez sur ses parts, ou réunissez-les."))
    if record.state == REJOINED:
        raise Conflict(_("Cette part est réunie à la parole dont elle vient : agissez sur celle-là."))


@transaction.atomic
def ungroup_contribution(*, contribution: Record, clock: Clock) -> None:
    record = _locked(contribution)
    if record.theme_id is None:
        return
    refuse_merged([record.pk])
    leave(record, clock)
    for merged in merged_into([record.pk]).select_related("authority"):
        leave(merged, clock)
    if record.state != INADMISSIBLE and not own_answer(record):
        set_state(record, RECEIVED)
    _follow(record)
    bump_pages_of(record)


def _follow(record: Record) -> None:
    if record.process:
        pass_to_merged(record.process.as_process)


def _leave_theme(record: Record, clock: Clock) -> None:
    if record.theme is None:
        return
    entry = append_entry(
        CONTRIBUTION_UNGROUPED,
        record=record,
        now=clock.now(),
        data={"theme": record.theme.code},
        is_institutional=True,
    )
    end_link(source=record, kind=LinkKind.GROUPED_IN, target=record.theme, entry=entry)


def own_answer(record: Record) -> bool:
    return holding_answers().filter(subject=record).exists()


def holding_answers() -> QuerySet[Answer]:
    """Signed, neither replaced nor withdrawn: those by which someone was answered."""
    return Answer.objects.filter(is_current=True, signed_at__isnull=False, record__withdrawal=None)


def inherit_state(record: Record, theme: Record) -> None:
    """A theme's signed answer is its contributions' answer, unless one has its own."""
    if own_answer(record):
        return
    answer = holding_answers().filter(subject=theme).first()
    set_state(record, answer.verdict if answer else RECEIVED)


def unanswered_contributions(process: Process) -> int:
    return Record.objects.filter(
        process=process.record, kind=Kind.IDEA, visibility=Visibility.PUBLIC, state="received"
    ).count()


def settle_answers(*, process: Process, clock: Clock) -> None:
    """The process's answer is given when nobody waits any more, whoever left the queue last, and how."""
    if not unanswered_contributions(process) and holding_answers().filter(process=process).exists():
        meet(record=process.record, owed=Owed.ANSWER, clock=clock)


@transaction.atomic
def declare_inadmissible(*, contribution: Record, reason: str, function: str, clock: Clock) -> None:
    """Out of this process's field: a separate public line, with its reason."""
    why, record = _why(reason), _locked(contribution)
    if record.kind != Kind.IDEA or record.visibility != Visibility.PUBLIC:
        raise Conflict(_("On ne met hors du champ qu’une parole publiée."))
    if record.state == INADMISSIBLE:
        raise Conflict(_("Cette parole est déjà hors du champ."))
    refuse_split(record)
    refuse_merged([record.pk])
    if own_answer(record):
        raise Conflict(_("Cette parole a reçu sa propre réponse, signée : elle n’est plus hors du champ."))
    set_state(record, INADMISSIBLE)
    _follow(record)
    _tell_field(CONTRIBUTION_INADMISSIBLE, record, why, function, clock)
    if record.process:
        settle_answers(process=record.process.as_process, clock=clock)


@transaction.atomic
def readmit_contribution(*, contribution: Record, reason: str, function: str, clock: Clock) -> None:
    """Back in the field, in public too: its theme's answer is its own again, or one is owed to it."""
    why, record = _why(reason), _locked(contribution)
    if record.state != INADMISSIBLE or record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette parole n’est pas hors du champ."))
    refuse_merged([record.pk])
    set_state(record, RECEIVED)
    if record.theme:
        inherit_state(record, record.theme)
    _follow(record)
    _tell_field(CONTRIBUTION_READMITTED, record, why, function, clock)
    if record.state == RECEIVED and record.process:
        reopen(record=record.process, owed=Owed.ANSWER, clock=clock)


def _why(reason: str) -> str:
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    return why


def _locked(contribution: Record) -> Record:
    return Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=contribution.pk)


def _tell_field(event: Event, record: Record, why: str, function: str, clock: Clock) -> None:
    append_entry(
        event,
        record=record,
        now=clock.now(),
        data={"kind": record.kind},
        words={"reason": why, "function": clean_line(function)},
        is_institutional=True,
    )
    bump_pages_of(record)
