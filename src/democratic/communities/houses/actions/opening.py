"""The authority opens the house, and says who helps in it; who helps may let a right go, never take one back."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions.locking import hold
from democratic.communities.houses.events import (
    FACILITATOR_LEFT,
    FACILITATOR_NAMED,
    HOUSE_OPENED,
    RIGHT_GIVEN_UP,
)
from democratic.communities.houses.models import Facilitator, House, Right, RightStep
from democratic.communities.houses.queries import charter_in_force
from democratic.communities.organisations.models import Organisation
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.people.models import Person
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of, refuse_if_withdrawn

FIRST_RIGHTS = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Owing:
    """Which official answers what the body asks, by which service, within how many days."""

    respondent_id: UUID
    service_id: UUID
    answer_days: int = 60


@transaction.atomic
def open_house(*, organisation: Organisation, is_youth: bool, owing: Owing, clock: Clock) -> House:
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    refuse_if_withdrawn(locked.record)
    if locked.sort != Organisation.Sort.BODY:
        raise Refusal(_("Seul un conseil ou un comité a une maison ici."))
    if House.objects.filter(pk=locked.pk).exists():
        raise Conflict(_("Cette maison est déjà ouverte."))
    now = clock.now()
    today = local_day(now, locked.authority.time_zone)
    house = House.objects.create(
        organisation=locked,
        is_youth=is_youth,
        respondent_id=owing.respondent_id,
        service_id=owing.service_id,
        answer_days=owing.answer_days,
        opened_on=today,
        rights_until=today + FIRST_RIGHTS,
        mandate_since=today,
    )
    append_entry(
        HOUSE_OPENED,
        record=locked.record,
        now=now,
        data={
            "is_youth": is_youth,
            "answer_days": owing.answer_days,
            "rights_until": house.rights_until.isoformat(),
        },
        words={"service": house.service.name, "function": house.respondent.function},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return house


@transaction.atomic
def name_facilitator(*, house: House, person: Person, function: str, clock: Clock) -> Facilitator:
    said = clean_line(function)[:120]
    if not said:
        raise Refusal(_("Donnez la fonction : c’est elle que tout le monde lira."), field="function")
    held = hold(house, clock)
    locked = held.house
    if locked.facilitators.filter(person=person, until=None).exists():
        raise Conflict(_("Cette personne anime déjà."))
    if locked.organisation.memberships.filter(person=person, until=None).exists():
        raise Conflict(_("Un membre n’anime pas : c’est aux adultes qui aident, sans voter."))
    made = Facilitator.objects.create(house=locked, person=person, function=said, since=held.today)
    words = {"function": said}
    append_entry(FACILITATOR_NAMED, record=held.record, now=held.now, words=words, is_institutional=True)
    bump_pages_of(held.record)
    return made


@transaction.atomic
def end_facilitator(*, facilitator: Facilitator, clock: Clock) -> None:
    now, record = clock.now(), facilitator.house.organisation.record
    today = local_day(now, record.authority.time_zone)
    if Facilitator.objects.filter(pk=facilitator.pk, until=None).update(until=today):
        words = {"function": facilitator.function}
        append_entry(FACILITATOR_LEFT, record=record, now=now, words=words, is_institutional=True)
        bump_pages_of(record)


@transaction.atomic
def give_up_right(*, house: House, right: Right, clock: Clock) -> None:
    """From today on, sooner than agreed. Only a charter that members adopt gives it again."""
    held = hold(house, clock)
    charter = charter_in_force(held.house)
    step = charter.steps.filter(right=right).first() if charter else None
    if step is None or step.given_up_on is not None or step.ends_on <= held.today:
        raise Conflict(_("Ce droit n’est pas de ceux que la charte laisse encore."))
    RightStep.objects.filter(pk=step.pk).update(given_up_on=held.today)
    append_entry(
        RIGHT_GIVEN_UP,
        record=held.record,
        now=held.now,
        data={"right": right.value, "was_on": step.ends_on.isoformat()},
        is_institutional=True,
    )
    bump_pages_of(held.record)
