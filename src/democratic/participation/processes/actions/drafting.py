"""A process before anyone sees it: drafted from a method, or thrown away. No Entry is written here."""

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
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
    Preparation,
    Process,
    Stage,
)
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, open_record, refuse_if_withdrawn
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
