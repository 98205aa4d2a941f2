"""The parts of a draft, each kept by its own screen. No Entry is written here."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_text
from democratic.participation.processes.actions.drafting import lock_draft
from democratic.participation.processes.actions.promise import Dates, Promise, moments
from democratic.participation.processes.models import (
    Assessment,
    LegalBasis,
    Preparation,
    Process,
    Stage,
    Step,
)
from democratic.thread.actions import Words
from democratic.thread.actions.records import reword_record


@transaction.atomic
def edit_question(*, process: Process, words: Words, in_clear: str, uses_tu: bool, clock: Clock) -> Process:
    locked = lock_draft(process.pk)
    if (words.title, words.text) != (locked.record.title, locked.record.text):
        reword_record(record=locked.record, words=words, clock=clock, is_institutional=True)
    locked.in_clear, locked.uses_tu = clean_text(in_clear), uses_tu
    locked.save(update_fields=["in_clear", "uses_tu"])
    return locked


@transaction.atomic
def edit_promise(*, process: Process, promise: Promise) -> Process:
    locked, said = lock_draft(process.pk), promise.cleaned()
    locked.asks, locked.use_of_input, locked.not_negotiable = (
        said.asks,
        said.use_of_input,
        said.not_negotiable,
    )
    locked.save(update_fields=["asks", "use_of_input", "not_negotiable"])
    return locked


@transaction.atomic
def edit_dates(*, process: Process, dates: Dates) -> None:
    """Plan the stages anew: nothing was promised yet, so that these are the first dates. Refusals name the step."""
    locked = lock_draft(process.pk)
    zone = ZoneInfo(locked.authority.time_zone)
    stages, before = list(locked.stages.order_by("rank")), None
    for stage in stages:
        first, last = dates[Step(stage.step)]
        if last < first:
            raise Refusal(
                _("Une étape ne peut pas finir avant de commencer."), field=f"{stage.step}_closes_on"
            )
        if before is not None and first < before:
            raise Refusal(
                _("Cette étape ne peut pas commencer avant celle qui la précède."),
                field=f"{stage.step}_opens_on",
            )
        before = first
        stage.first_opens_on, stage.first_closes_on = first, last
        stage.opens_at, stage.closes_at = moments(first, last, zone)
    Stage.objects.bulk_update(stages, ["first_opens_on", "first_closes_on", "opens_at", "closes_at"])


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the register says of a process. ``kept_months``: after its report; ``processors``: one a line."""

    legal_basis: LegalBasis
    kept_months: int
    assessment: Assessment
    assessment_reason: str
    processors: str


@transaction.atomic
def settle_privacy(*, process: Process, privacy: Privacy) -> None:
    locked = lock_draft(process.pk)
    if privacy.assessment == Assessment.NOT_NEEDED and not clean_text(privacy.assessment_reason):
        raise Refusal(
            _("Dites pourquoi elle n’est pas nécessaire : c’est ce qui sera demandé en cas de contrôle."),
            field="assessment_reason",
        )
    Preparation.objects.filter(process=locked).update(
        legal_basis=privacy.legal_basis,
        kept_months=privacy.kept_months,
        assessment=privacy.assessment,
        assessment_reason=clean_text(privacy.assessment_reason),
        processors=clean_text(privacy.processors),
    )


@transaction.atomic
def expect_voices(*, process: Process, expected: int) -> None:
    """How many sentences are expected: what the hours of work are computed from."""
    Preparation.objects.filter(process=lock_draft(process.pk)).update(expected_voices=expected)
