from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.actions import meet, owe
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.events import PROCESS_OPENED, STAGE_DONE, STAGE_MOVED
from democratic.participation.processes.method import METHODS, Method
from democratic.participation.processes.models import Process, Stage, Step
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, append_entry, link, open_record, refuse_if_withdrawn
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind, LinkKind, Visibility


@dataclass(frozen=True, slots=True)
class Promise:
    """Owed before anyone is asked anything: what we ask, what we do with it, what is not negotiable."""

    asks: str
    use_of_input: str
    not_negotiable: str


Dates = Mapping[Step, tuple[date, date]]


def planned_dates(method: Method, first_day: date) -> dict[Step, tuple[date, date]]:
    """First and last day of each stage, when the process begins on ``first_day``."""
    return {
        plan.step: (
            first_day + timedelta(days=plan.starts),
            first_day + timedelta(days=plan.starts + plan.lasts),
        )
        for plan in method.stages
    }


@transaction.atomic
def open_process(
    *,
    mandate: Mandate,
    words: Words,
    promise: Promise,
    first_day: date,
    clock: Clock,
    slug: str = "",
    author: Person | None = None,
    method: str = "order_to_road_map",
    dates: Dates | None = None,
    uses_tu: bool = False,
) -> Process:
    """Open a *concertation* from a published order: its record, stages, promise, and the answer it owes."""
    if mandate.record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Publiez d’abord la commande : une concertation en découle."))
    refuse_if_withdrawn(mandate.record)
    for field, value in (("asks", promise.asks), ("use_of_input", promise.use_of_input)):
        if not clean_text(value):
            raise Refusal(_("Remplissez ce champ : il est promis à chaque personne."), field=field)
    plan = METHODS[method]
    record = open_record(
        NewRecord(
            authority=mandate.record.authority,
            kind=Kind.PROCESS,
            words=words,
            event=PROCESS_OPENED,
            author=author,
            state="open",
            is_institutional=True,
            data={"mandate": mandate.record.code, "method": method},
            extra_words={
                "asks": clean_text(promise.asks),
                "use_of_input": clean_text(promise.use_of_input),
                "not_negotiable": clean_text(promise.not_negotiable),
            },
        ),
        clock=clock,
    )
    process = Process(
        record=record,
        authority=record.authority,
        # A title in another alphabet makes no slug: its code does.
        slug=slug or slugify(words.title)[:60] or record.code.lower(),
        mandate=mandate,
        template=method,
        uses_tu=uses_tu,
        asks=clean_text(promise.asks),
        use_of_input=clean_text(promise.use_of_input),
        not_negotiable=clean_text(promise.not_negotiable),
    )
    _insert(process)
    _plan_stages(process, plan, {**planned_dates(plan, first_day), **(dates or {})})
    opened = record.entries.get(kind=PROCESS_OPENED.kind)
    link(source=mandate.record, kind=LinkKind.COMMISSIONED, target=record, entry=opened)
    owe(record=record, owed=Owed.ANSWER, service=mandate.service, due_on=mandate.answer_due_on, clock=clock)
    report = process.stages.get(step=Step.REPORT)
    owe(record=record, owed=Owed.REPORT, service=mandate.service, due_on=report.first_closes_on, clock=clock)
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
    Stage.objects.bulk_create(
        Stage(
            process=process,
            step=plan.step,
            rank=rank,
            first_opens_on=dates[plan.step][0],
            first_closes_on=dates[plan.step][1],
            # The first midnight is inside, the last is not: an end on the 28th takes the 28th whole.
            opens_at=datetime.combine(dates[plan.step][0], time.min, zone),
            closes_at=datetime.combine(dates[plan.step][1] + timedelta(days=1), time.min, zone),
            allows=list(plan.allows),
        )
        for rank, plan in enumerate(method.stages)
    )


@transaction.atomic
def move_stage(*, stage: Stage, opens_on: date, closes_on: date, reason: str, clock: Clock) -> Stage:
    """Change a stage's dates in public. What was planned first stays, and the difference is shown."""
    locked = Stage.objects.select_for_update().select_related("process__record__authority").get(pk=stage.pk)
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif d’un report est public."), field="reason")
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
