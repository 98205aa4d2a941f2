"""A published process: its stages, moved and ended in public, and a rule of the house on its answers."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.obligations.actions import meet
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.events import STAGE_DONE, STAGE_MOVED
from democratic.participation.processes.models import Process, Stage, Step
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of


@transaction.atomic
def move_stage(*, stage: Stage, opens_on: date, closes_on: date, reason: str, clock: Clock) -> Stage:
    """Change a stage's dates in public. What was planned first stays, and the difference is shown."""
    locked = Stage.objects.select_for_update().select_related("process__record__authority").get(pk=stage.pk)
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif d’un report est public."), field="reason")
    if closes_on < opens_on:
        raise Refusal(_("Une étape ne peut pas finir avant de commencer."), field="closes_on")
    zone = ZoneInfo(locked.process.authority.time_zone)
    locked.opens_at = datetime.combine(opens_on, time.min, zone)
    locked.closes_at = datetime.combine(closes_on + timedelta(days=1), time.min, zone)
    locked.late_reason = why[:300]
    locked.save(update_fields=["opens_at", "closes_at", "late_reason"])
    append_entry(
        STAGE_MOVED,
        record=locked.process.record,
        now=clock.now(),
        data={
            "step": locked.step,
            "first_closes_on": locked.first_closes_on.isoformat(),
            "opens_on": opens_on.isoformat(),
            "closes_on": closes_on.isoformat(),
        },
        words={"reason": why},
        is_institutional=True,
    )
    bump_pages_of(locked.process.record)
    return locked


@transaction.atomic
def finish_stage(*, stage: Stage, clock: Clock, note: str = "") -> Stage:
    """Say that a stage is done, on which day, in a few words; once."""
    locked = Stage.objects.select_for_update().select_related("process__record__authority").get(pk=stage.pk)
    if locked.done_on:
        raise Conflict(
            _("Cette étape est déjà terminée, depuis le %(day)s.") % {"day": f"{locked.done_on:%d/%m/%Y}"}
        )
    now = clock.now()
    locked.done_on = local_day(now, locked.process.authority.time_zone)
    locked.note = clean_text(note)[:200]
    locked.save(update_fields=["done_on", "note"])
    append_entry(
        STAGE_DONE,
        record=locked.process.record,
        now=now,
        data={"step": locked.step},
        words={"note": locked.note},
        is_institutional=True,
    )
    if locked.step == Step.REPORT:
        meet(record=locked.process.record, owed=Owed.REPORT, clock=clock)
    bump_pages_of(locked.process.record)
    return locked


@transaction.atomic
def ask_approval(*, process: Process, asks: bool) -> None:
    """Whether a second person must approve each answer before its signature: a rule of the house, not a public act."""
    Process.objects.filter(pk=process.pk).update(asks_approval=asks)
