from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official, Service
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel import pages
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.mandates.events import ANSWERER_CHANGED, MANDATE_PUBLISHED
from democratic.participation.mandates.models import Level, Mandate
from democratic.people.models import Person
from democratic.thread.actions import NewRecord, Words, append_entry, open_record
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Authority, Kind, Record, Visibility


@dataclass(frozen=True, slots=True)
class Order:
    """What the political order says, beside its title and text. ``budget_cents`` is in euro cents."""

    ordered_by: str
    ordered_on: date
    decidable: str
    not_decidable: str
    level: Level
    aimed_at: str
    answer_due_on: date
    answerer: Official
    service: Service
    budget_cents: int | None = None
    vote: str = ""


@transaction.atomic
def draft_mandate(
    *, authority: Authority, words: Words, order: Order, author: Person | None, clock: Clock
) -> Mandate:
    """Keep an order as a draft: nothing is public, and no Entry is written."""
    _refuse_unless_complete(words, order)
    refuse_unless_in_office(order.answerer, field="answerer")
    record = open_record(
        NewRecord(
            authority=authority,
            kind=Kind.MANDATE,
            words=words,
            event=MANDATE_PUBLISHED,
            author=author,
            visibility=Visibility.DRAFT,
            is_institutional=True,
        ),
        clock=clock,
    )
    return Mandate.objects.create(
        record=record,
        ordered_by=clean_line(order.ordered_by),
        ordered_on=order.ordered_on,
        vote=clean_line(order.vote),
        decidable=clean_text(order.decidable),
        not_decidable=clean_text(order.not_decidable),
        level=order.level,
        budget_cents=order.budget_cents,
        aimed_at=clean_line(order.aimed_at),
        answer_due_on=order.answer_due_on,
        answerer=order.answerer,
        service=order.service,
    )


@transaction.atomic
def publish_mandate(*, mandate: Mandate, clock: Clock) -> Mandate:
    """Make the order public, time-stamped. Published, it can only be withdrawn in public."""
    record = (
        Record.objects.select_for_update(of=("self",))
        .select_related("wording", "authority")
        .get(pk=mandate.record_id)
    )
    if record.visibility != Visibility.DRAFT:
        return mandate
    now = clock.now()
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.PUBLIC, happened_at=now)
    append_entry(
        MANDATE_PUBLISHED,
        record=record,
        now=now,
        data={
            "kind": record.kind,
            "level": mandate.level,
            "ordered_on": mandate.ordered_on.isoformat(),
            "answer_due_on": mandate.answer_due_on.isoformat(),
            "budget_cents": mandate.budget_cents,
        },
        words={
            "title": record.title,
            "text": record.text,
            "ordered_by": mandate.ordered_by,
            "decidable": mandate.decidable,
            "not_decidable": mandate.not_decidable,
            "aimed_at": mandate.aimed_at,
            "answerer": f"{mandate.answerer.name}, {mandate.answerer.function}",
        },
        is_institutional=True,
    )
    bump_pages_of(record)
    mandate.record = Record.objects.select_related("wording").get(pk=record.pk)
    return mandate


@transaction.atomic
def change_answerer(
    *, mandate: Mandate, answerer: Official, reason: str, function: str, clock: Clock
) -> Mandate:
    """Another official answers for this order from today: said in public, as the first one was."""
    locked = (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("record__authority", "answerer")
        .get(pk=mandate.pk)
    )
    why, previous = clean_text(reason), locked.answerer
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    locked.answerer = answerer
    locked.save(update_fields=["answerer"])
    if locked.record.visibility == Visibility.PUBLIC:
        append_entry(
            ANSWERER_CHANGED,
            record=locked.record,
            now=clock.now(),
            words={
                "previous": f"{previous.name}, {previous.function}",
                "answerer": f"{answerer.name}, {answerer.function}",
                "reason": why,
                "function": clean_line(function),
            },
            is_institutional=True,
        )
        bump_pages_of(locked.record)
        pages.bump(locked.processes.values_list("record_id", flat=True))
    return locked


def _refuse_unless_complete(words: Words, order: Order) -> None:
    needed = {
        "title": words.title,
        "text": words.text,
        "ordered_by": order.ordered_by,
        "decidable": order.decidable,
        "not_decidable": order.not_decidable,
        "aimed_at": order.aimed_at,
    }
    for field, value in needed.items():
        if not clean_text(value):
            raise Refusal(_("Remplissez ce champ : il sera public."), field=field)
    if order.level not in Level.values:
        raise Refusal(_("Choisissez ce qui est promis."), field="level")
    if order.answer_due_on < order.ordered_on:
        raise Refusal(_("La réponse ne peut pas être due avant la commande."), field="answer_due_on")
    if order.budget_cents is not None and order.budget_cents < 0:
        raise Refusal(_("Un budget ne peut pas être négatif."), field="budget")
