"""A process before anyone sees it: drafted from a method, edited, copied. No Entry is written here."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.kernel.tools import all_tools
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.actions.promise import Dates, Promise, moments, planned_dates
from democratic.participation.processes.events import PROCESS_OPENED
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.methods.template import Method
from democratic.participation.processes.methods.tools import missing_tools
from democratic.participation.processes.models import (
    Assessment,
    LegalBasis,
    Preparation,
    Process,
    Stage,
    Step,
)
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, open_record, refuse_if_withdrawn
from democratic.thread.actions.records import reword_record
from democratic.thread.models import Kind, Record, Visibility


@dataclass(frozen=True, slots=True)
class Draft:
    """What a process begins with, beside its method's stages. ``slug``: empty, it comes from the title."""

    words: Words
    promise: Promise
    first_day: date
    slug: str = ""
    in_clear: str = ""
    uses_tu: bool = False
    dates: Dates | None = None


@transaction.atomic
def draft_process(
    *, mandate: Mandate, method: str, draft: Draft, author: Person | None, clock: Clock
) -> Process:
    """A draft that agents alone see: its stages are planned, and nothing is promised to anyone yet."""
    if mandate.record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Publiez d’abord la commande : une concertation en découle."))
    refuse_if_withdrawn(mandate.record)
    try:
        chosen = method_of(method)
    except NoMethod as gone:
        raise Conflict(_("Cette méthode n’est plus ici. Choisissez-en une autre.")) from gone
    if missing := missing_tools(chosen):
        raise Conflict(
            _("Cette méthode demande un outil qui n’est pas encore là : %(tools)s. Choisissez-en une autre.")
            % {"tools": ", ".join(str(tool) for tool in missing)}
        )
    promise = draft.promise.cleaned()
    record = open_record(
        NewRecord(
            authority=mandate.record.authority,
            kind=Kind.PROCESS,
            words=draft.words,
            event=PROCESS_OPENED,
            author=author,
            state="open",
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    process = Process(
        record=record,
        authority=record.authority,
        # A title in another alphabet makes no slug: its code does.
        slug=draft.slug or slugify(draft.words.title)[:60] or record.code.lower(),
        mandate=mandate,
        template=method,
        uses_tu=draft.uses_tu,
        asks=promise.asks,
        use_of_input=promise.use_of_input,
        not_negotiable=promise.not_negotiable,
        in_clear=clean_text(draft.in_clear),
    )
    _insert(process)
    Preparation.objects.create(process=process, preview_key=secrets.token_urlsafe(16))
    _plan_stages(process, chosen, {**planned_dates(chosen, draft.first_day), **(draft.dates or {})})
    return process


def _insert(process: Process) -> None:
    try:
        with transaction.atomic():
            process.save(force_insert=True)
    except IntegrityError as clash:
        if "one_process_per_slug" not in str(clash):
            raise
        raise Refusal(
            _("Cette adresse est déjà prise. Changez le titre ou l’adresse."), field="slug"
        ) from clash


def _plan_stages(process: Process, method: Method, dates: Dates) -> None:
    zone = ZoneInfo(process.authority.time_zone)
    stages = []
    for rank, plan in enumerate(method.stages):
        first, last = dates[plan.step]
        opens_at, closes_at = moments(first, last, zone)
        stages.append(
            Stage(
                process=process,
                step=plan.step,
                rank=rank,
                first_opens_on=first,
                first_closes_on=last,
                opens_at=opens_at,
                closes_at=closes_at,
                allows=list(plan.allows),
            )
        )
    Stage.objects.bulk_create(stages)


def lock_draft(process_id: UUID) -> Process:
    """The draft, locked until this transaction ends. Conflict: it is published, or was thrown away."""
    locked = (
        Process.objects.select_for_update(of=("self", "record"))
        .select_related("record__authority", "record__wording", "authority", "preparation")
        .filter(pk=process_id)
        .first()
    )
    if locked is None or locked.record.visibility != Visibility.DRAFT:
        raise Conflict(_("Cette concertation n’est plus un brouillon : ce qui est publié change en public."))
    return locked


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


@transaction.atomic
def duplicate_process(
    *, process: Process, mandate: Mandate, first_day: date, author: Person | None, clock: Clock
) -> Process:
    """A new draft with the same words, promise and pace; its dates count from ``first_day``. Nobody's words come."""
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


@transaction.atomic
def throw_draft_away(*, process: Process) -> None:
    """A draft was shown to nobody: it goes whole. What is published never does."""
    locked = lock_draft(process.pk)
    for tool in all_tools():
        if tool.thrown_away is not None:
            tool.thrown_away(locked)
    locked.stages.all().delete()
    record = locked.record
    locked.delete()
    Record.objects.filter(pk=record.pk).update(wording=None)
    Record.objects.filter(pk=record.pk).delete()


@transaction.atomic
def renew_preview(*, process: Process) -> str:
    """Links given before open nothing from now on. Returns the new key."""
    locked = lock_draft(process.pk)
    key = secrets.token_urlsafe(16)
    Preparation.objects.filter(process=locked).update(preview_key=key)
    return key
