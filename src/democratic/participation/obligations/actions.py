"""Dates that a service owes. The first is never overwritten; a later one is reasoned and counted."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.obligations.events import (
    OBLIGATION_ENDED,
    OBLIGATION_MET,
    OBLIGATION_OPENED,
    OBLIGATION_POSTPONED,
    OBLIGATION_REOPENED,
)
from democratic.participation.obligations.models import Obligation, Owed, Postponement
from democratic.thread.actions import Fact, append_entries, append_entry, refuse_if_withdrawn
from democratic.thread.actions.entries import AT_ONCE
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Record


@transaction.atomic
def owe(*, record: Record, owed: Owed, service: Service, due_on: date, clock: Clock) -> Obligation:
    return owe_for_each(records=[record], owed=owed, service=service, due_on=due_on, clock=clock)[0]


@transaction.atomic
def owe_for_each(
    *, records: Sequence[Record], owed: Owed, service: Service, due_on: date, clock: Clock
) -> list[Obligation]:
    """The same for each: as many statements for two thousand as for one."""
    owing = Obligation.objects.bulk_create(
        [
            Obligation(record=record, owed=owed, service=service, first_due_on=due_on, due_on=due_on)
            for record in records
        ],
        batch_size=AT_ONCE,
    )
    data, words = {"owed": owed, "due_on": due_on.isoformat()}, {"service": service.name}
    facts = (Fact(record, data, words) for record in records)
    append_entries(OBLIGATION_OPENED, facts, now=clock.now(), is_institutional=True)
    return owing


@transaction.atomic
def postpone(
    *, obligation: Obligation, new_on: date, reason: str, function: str, clock: Clock
) -> Postponement:
    """Put a date off in public. The first promised date stays beside it, and lateness counts from it."""
    locked = Obligation.objects.select_for_update().get(pk=obligation.pk)
    why = clean_text(reason)
    if locked.met_on or locked.ended_on:
        raise Conflict(_("Cette échéance est déjà close."))
    refuse_if_withdrawn(locked.record)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif d’un report est public."), field="reason")
    if new_on <= locked.due_on:
        raise Refusal(
            _("La nouvelle date doit suivre le %(day)s.") % {"day": f"{locked.due_on:%d/%m/%Y}"},
            field="new_on",
        )
    now = clock.now()
    made = Postponement.objects.create(
        obligation=locked,
        previous_on=locked.due_on,
        new_on=new_on,
        reason=why,
        function=clean_line(function)[:200],
        postponed_on=local_day(now, locked.record.authority.time_zone),
    )
    Obligation.objects.filter(pk=locked.pk).update(due_on=new_on)
    append_entry(
        OBLIGATION_POSTPONED,
        record=locked.record,
        now=now,
        data={
            "owed": locked.owed,
            "first_due_on": locked.first_due_on.isoformat(),
            "previous_on": made.previous_on.isoformat(),
            "new_on": new_on.isoformat(),
        },
        words={"reason": why, "function": made.function},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return made


@transaction.atomic
def meet(*, record: Record, owed: Owed, clock: Clock) -> None:
    """The obligation is met today; lateness, if any, stops growing and stays written."""
    now = clock.now()
    day = local_day(now, record.authority.time_zone)
    if Obligation.objects.filter(record=record, owed=owed, met_on=None, ended_on=None).update(met_on=day):
        append_entry(OBLIGATION_MET, record=record, now=now, data={"owed": owed}, is_institutional=True)


@transaction.atomic
def end_obligation(*, record: Record, owed: Owed, clock: Clock) -> None:
    """Given up in public: no longer waited for, and not met."""
    now = clock.now()
    day = local_day(now, record.authority.time_zone)
    if Obligation.objects.filter(record=record, owed=owed, met_on=None, ended_on=None).update(ended_on=day):
        append_entry(OBLIGATION_ENDED, record=record, now=now, data={"owed": owed}, is_institutional=True)


@transaction.atomic
def reopen(*, record: Record, owed: Owed, clock: Clock) -> None:
    """What met or ended it was taken back: it is owed again, for the day first promised."""
    closed = Obligation.objects.filter(record=record, owed=owed).exclude(met_on=None, ended_on=None)
    if closed.update(met_on=None, ended_on=None):
        append_entry(
            OBLIGATION_REOPENED, record=record, now=clock.now(), data={"owed": owed}, is_institutional=True
        )
