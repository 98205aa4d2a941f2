"""A new draft that begins as another process was led."""

from datetime import date, timedelta

from django.db import transaction

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.tools import all_tools
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.actions.drafting import Draft, draft_process
from democratic.participation.processes.actions.promise import Promise
from democratic.participation.processes.models import (
    Preparation,
    Process,
    Step,
)
from democratic.people.models import Person
from democratic.thread.actions import Words


@transaction.atomic
def duplicate_process(
    *, process: Process, mandate: Mandate, first_day: date, author: Person | None, clock: Clock
) -> Process:
    """A new draft with the same words, promise, pace and questions; its dates count from ``first_day``.

    Nobody's words come.
    """
    source = Process.objects.select_related("record__wording", "authority").get(pk=process.pk)
    stages = list(source.stages.order_by("rank"))
    zone = source.authority.time_zone
    days = {
        Step(stage.step): (
            local_day(stage.opens_at, zone),
            local_day(stage.closes_at - timedelta(seconds=1), zone),
        )
        for stage in stages
    }
    shift = first_day - min(first for first, _last in days.values())
    words = source.record.wording
    draft = Draft(
        words=Words(
            title=source.record.title, text=source.record.text, language=words.language if words else "fr"
        ),
        promise=Promise(source.asks, source.use_of_input, source.not_negotiable),
        first_day=first_day,
        slug=_free_slug(source),
        in_clear=source.in_clear,
        uses_tu=source.uses_tu,
        dates={step: (first + shift, last + shift) for step, (first, last) in days.items()},
    )
    made = draft_process(mandate=mandate, method=source.template, draft=draft, author=author, clock=clock)
    _copy_preparation(source, made)
    for tool in all_tools():
        if tool.copied is not None:
            tool.copied(source, made, author, clock)
    return made


def _copy_preparation(source: Process, made: Process) -> None:
    known = Preparation.objects.filter(process=source).first()
    if known is None:
        return
    Preparation.objects.filter(process=made).update(
        expected_voices=known.expected_voices,
        legal_basis=known.legal_basis,
        kept_months=known.kept_months,
        assessment=known.assessment,
        assessment_reason=known.assessment_reason,
        processors=known.processors,
    )


def _free_slug(source: Process) -> str:
    """« bouger-2 » after « bouger »: an address that is readable, and free."""
    taken = set(
        Process.objects.filter(authority=source.authority, slug__startswith=source.slug[:70]).values_list(
            "slug", flat=True
        )
    )
    return next(slug for n in range(2, len(taken) + 3) if (slug := f"{source.slug[:70]}-{n}") not in taken)
