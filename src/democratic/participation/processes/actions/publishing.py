"""A draft becomes public: its Entry, the link from its order, and what it owes from that moment."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.tools import all_tools
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.actions import owe
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.actions.drafting import Draft, draft_process, lock_draft
from democratic.participation.processes.actions.promise import Promise
from democratic.participation.processes.events import PROCESS_OPENED
from democratic.participation.processes.models import FollowedLink, Preparation, Process, Step
from democratic.people.models import Person
from democratic.thread.actions import Words, append_entry, link, refuse_if_withdrawn
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import LinkKind, Record, Visibility


@transaction.atomic
def publish_process(*, process: Process, clock: Clock) -> Process:
    """Publish once: who comes second is told. From here on dates move in public, with a reason."""
    locked = lock_draft(process.pk)
    record, now = locked.record, clock.now()
    mandate = Mandate.objects.select_related("record", "service").get(pk=locked.mandate_id)
    refuse_if_withdrawn(mandate.record)
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=now)
    Preparation.objects.filter(process=locked).update(publishes_at=None, held_back="", look_asked_at=None)
    FollowedLink.objects.filter(process=locked).delete()  # advice on a draft: of no use any more
    record.visibility, record.happened_at = Visibility.PUBLIC, now
    opened = append_entry(
        PROCESS_OPENED,
        record=record,
        now=now,
        data={
            "kind": record.kind,
            "state": record.state,
            "mandate": mandate.record.code,
            "method": locked.template,
        },
        words={
            "title": record.title,
            "text": record.text,
            "byline": record.byline,
            "asks": locked.asks,
            "use_of_input": locked.use_of_input,
            "not_negotiable": locked.not_negotiable,
            "in_clear": locked.in_clear,
        },
        is_institutional=True,
    )
    link(source=mandate.record, kind=LinkKind.COMMISSIONED, target=record, entry=opened)
    owe(record=record, owed=Owed.ANSWER, service=mandate.service, due_on=mandate.answer_due_on, clock=clock)
    report = locked.stages.get(step=Step.REPORT)
    owe(record=record, owed=Owed.REPORT, service=mandate.service, due_on=report.first_closes_on, clock=clock)
    for tool in all_tools():
        if tool.published is not None:
            tool.published(locked, clock)
    bump_pages_of(record)
    return locked


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
    dates: Mapping[Step, tuple[date, date]] | None = None,
    uses_tu: bool = False,
) -> Process:
    """Draft and publish at once: for what is written by programs, which check before they write."""
    draft = Draft(words, promise, first_day, slug=slug, uses_tu=uses_tu, dates=dates)
    drafted = draft_process(mandate=mandate, method=method, draft=draft, author=author, clock=clock)
    return publish_process(process=drafted, clock=clock)


@transaction.atomic
def schedule_publication(*, process: Process, at: datetime, clock: Clock) -> None:
    """The worker publishes it at that moment, if nothing blocks it then; and follows its links meanwhile."""
    locked, now = lock_draft(process.pk), clock.now()
    if at <= now:
        raise Refusal(_("Choisissez un moment à venir, ou publiez maintenant."), field="at")
    Preparation.objects.filter(process=locked).update(publishes_at=at, held_back="", look_asked_at=now)


@transaction.atomic
def unschedule_publication(*, process: Process, why: str = "") -> None:
    """It stays a draft; ``why``: what blocked it at its hour, for the desk."""
    locked = lock_draft(process.pk)
    Preparation.objects.filter(process=locked).update(publishes_at=None, held_back=why)
