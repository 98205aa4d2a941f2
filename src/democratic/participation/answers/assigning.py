"""A subject is assigned to a service, which prepares its answer; in other hands later, with a reason. Nothing is public."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.messaging.actions import SUBJECTS_ASSIGNED, SUBJECTS_TAKEN, Notice, queue_messages
from democratic.participation.answers.assigned import assignments_of
from democratic.participation.answers.many import is_answerable, merged_among
from democratic.participation.answers.models import AnswerAssignment
from democratic.participation.answers.texts import Text, assigned_text, taken_text
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.participation.processes.models import Process
from democratic.participation.tracker.links import holders_of
from democratic.people.actions import address_of_work
from democratic.people.models import Person
from democratic.thread.models import Record


@dataclass(frozen=True, slots=True)
class Charge:
    """To whom, for when; ``reason``: why, for those that are assigned already to others or for another day."""

    service: Service
    due_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """``told``: how many people have a mail to come about what is newly assigned."""

    assigned: int
    told: int


@transaction.atomic
def assign_subjects(
    *, process: Process, subjects: Collection[UUID], charge: Charge, assigner: Person, clock: Clock
) -> Result:
    """All or none. What is assigned to that service for that day already stays as it is, and nobody is told again."""
    now = clock.now()
    service = Service.objects.select_related("authority").get(pk=charge.service.pk)
    _refuse_day(process, charge.due_on, local_day(now, process.authority.time_zone))
    records = _lock(process, subjects)
    before = assignments_of(list(records))
    moved = {
        pk: row for pk, row in before.items() if (row.service_id, row.due_on) != (service.pk, charge.due_on)
    }
    why = clean_text(charge.reason)
    if moved and not why:
        names = ", ".join(f"« {records[pk].title} » ({row.service.name})" for pk, row in moved.items())
        raise Refusal(
            _("Déjà confié : %(names)s. Dites pourquoi cela change.") % {"names": names}, field="reason"
        )
    fresh = [record for pk, record in records.items() if pk in moved or pk not in before]
    AnswerAssignment.objects.filter(pk__in=[row.pk for row in moved.values()]).update(
        ended_at=now, ended_because=why
    )
    batch = uuid7()
    AnswerAssignment.objects.bulk_create(
        AnswerAssignment(
            subject=record,
            service=service,
            due_on=charge.due_on,
            batch=batch,
            assigned_by=assigner,
            assigned_at=now,
        )
        for record in fresh
    )
    _tell_former_ones(process, [row for row in moved.values() if row.service_id != service.pk], records, why)
    return Result(
        len(fresh),
        _tell(process, fresh, replace(charge, service=service, reason=why if moved else ""), batch)
        if fresh
        else 0,
    )


@transaction.atomic
def take_subject_back(*, process: Process, subject: UUID, reason: str, clock: Clock) -> None:
    """The service prepares it no more, and is told why; drafts that it wrote stay."""
    records, why = _lock(process, [subject]), clean_text(reason)
    row = assignments_of([subject]).get(subject)
    if row is None:
        raise Conflict(_("Ce sujet n’est confié à aucun service."))
    if not why:
        raise Refusal(_("Dites pourquoi : le service le lira."), field="reason")
    AnswerAssignment.objects.filter(pk=row.pk).update(ended_at=clock.now(), ended_because=why)
    _tell_former_ones(process, [row], records, why)


def _refuse_day(process: Process, due_on: date, today: date) -> None:
    if due_on < today:
        raise Refusal(_("Cette date est passée : choisissez-en une à venir."), field="due_on")
    promised = obligation_of(process.record, Owed.ANSWER)
    if promised is not None and today <= promised.due_on < due_on:
        raise Refusal(
            _("La réponse est promise pour le %(day)s : demandez-la avant.")
            % {"day": f"{promised.due_on:%d/%m/%Y}"},
            field="due_on",
        )


def _lock(process: Process, subjects: Collection[UUID]) -> dict[UUID, Record]:
    """In one order, so that two agents who tick the same ones never wait for each other in a ring."""
    rows = Record.objects.select_for_update(of=("self",)).filter(pk__in=subjects, process=process.record)
    records = {row.pk: row for row in rows.select_related("wording").order_by("pk")}
    closed = {pk for pk, record in records.items() if not is_answerable(record)} | merged_among(list(records))
    if len(records) < len(set(subjects)) or closed:
        raise Conflict(_("On ne répond plus à l’un d’eux, ou il a changé de place : rechargez la page."))
    return records


def _tell(process: Process, subjects: Sequence[Record], charge: Charge, batch: UUID) -> int:
    def text(language: str) -> Text:
        titles = [each.title for each in subjects]
        return assigned_text(process, charge.service, titles, charge.due_on, charge.reason, language)

    return _write_to(charge.service, f"{SUBJECTS_ASSIGNED}:{batch.hex}", text)


def _tell_former_ones(
    process: Process, rows: Sequence[AnswerAssignment], records: dict[UUID, Record], why: str
) -> None:
    for service in {row.service_id: row.service for row in rows}.values():
        titles = [records[row.subject_id].title for row in rows if row.service_id == service.pk]

        def text(language: str, service: Service = service, titles: list[str] = titles) -> Text:
            return taken_text(process, service, titles, why, language)

        _write_to(service, f"{SUBJECTS_TAKEN}:{uuid7().hex}", text)


def _write_to(service: Service, purpose: str, text: Callable[[str], Text]) -> int:
    """To its titular and its deputy, in the language of each; never to who said STOP."""
    notices = []
    for holder, _is_deputy in holders_of(service):
        address = address_of_work(account=holder.account)
        if address.stopped_at is None:
            said = text(address.language)
            notices.append(Notice(service.authority, address, purpose, said.subject, said.body))
    return queue_messages(notices)
