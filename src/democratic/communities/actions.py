from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.events import OFFICE_ENDED, OFFICIAL_APPOINTED, SERVICE_HANDED_OVER
from democratic.communities.models import Official, OppositionMember, Service
from democratic.communities.queries import agents_of
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.pages import bump
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.people.models import Person
from democratic.thread.actions import append_entry, refuse_incompatible
from democratic.thread.events import Event
from democratic.thread.models import Authority


@transaction.atomic
def create_service(
    *, authority: Authority, name: str, titular: Person | None = None, deputy: Person | None = None
) -> Service:
    said = clean_line(name)
    if not said:
        raise Refusal(_("Donnez son nom."), field="name")
    if deputy is not None and deputy == titular:
        raise Refusal(_("La personne qui supplée est une autre que la titulaire."), field="deputy")
    for holder in (titular, deputy):
        if holder is not None:
            refuse_incompatible(holder, authority)
    try:
        with transaction.atomic():
            return Service.objects.create(authority=authority, name=said, titular=titular, deputy=deputy)
    except IntegrityError as clash:
        raise Conflict(_("Un service porte déjà ce nom ici."), field="name") from clash


@transaction.atomic
def appoint_official(
    *, authority: Authority, name: str, function: str, person: Person | None = None, clock: Clock
) -> Official:
    """From this day on she orders, answers and signs under this name and function; public."""
    said_name, said_function = clean_line(name), clean_line(function)
    if not said_name:
        raise Refusal(_("Donnez le nom qui sera montré."), field="name")
    if not said_function:
        raise Refusal(_("Donnez sa fonction : « maire », « vice-présidente, mobilités »."), field="function")
    if person is not None:
        refuse_incompatible(person, authority)
    now = clock.now()
    today = local_day(now, authority.time_zone)
    if (
        person is not None
        and Official.objects.filter(authority=authority, person=person, until=None).exists()
    ):
        raise Conflict(_("Ce compte signe déjà sous une autre fonction."), field="person")
    try:
        with transaction.atomic():
            office = Official.objects.create(
                authority=authority, name=said_name, function=said_function, person=person, since=today
            )
    except IntegrityError as clash:
        raise Conflict(_("Cette personne a déjà cette fonction ici."), field="name") from clash
    _tell_of_office(OFFICIAL_APPOINTED, office, now, {"since": today.isoformat()})
    return office


@transaction.atomic
def give_account(*, official: Official, person: Person) -> Official:
    """The account with which she will sign; an office has one for good, as what was signed stays hers."""
    refuse_incompatible(person, official.authority)
    locked = Official.objects.select_for_update().get(pk=official.pk)
    if locked.person_id is not None or locked.until is not None:
        raise Conflict(_("Cette personne élue a déjà un compte, ou ne l’est plus."))
    if Official.objects.filter(authority=locked.authority_id, person=person, until=None).exists():
        raise Conflict(_("Ce compte signe déjà sous une autre fonction."), field="person")
    locked.person = person
    locked.save(update_fields=["person"])
    return locked


def end_office(*, official: Official, clock: Clock) -> Official:
    """Called under her row's lock, once nothing is owed: see ``stewardship.roles``."""
    now = clock.now()
    official.until = local_day(now, official.authority.time_zone)
    official.save(update_fields=["until"])
    days = {"since": official.since.isoformat()} if official.since else {}
    _tell_of_office(OFFICE_ENDED, official, now, {**days, "until": official.until.isoformat()})
    return official


def _tell_of_office(told: Event, office: Official, now: datetime, days: dict[str, str]) -> None:
    append_entry(
        told,
        record=None,
        authority=office.authority,
        now=now,
        data={"office": str(office.pk), **days},
        words={"name": office.name, "function": office.function},
        is_institutional=True,
    )
    bump([office.authority_id])


@transaction.atomic
def hand_over_service(*, service: Service, titular: Person, deputy: Person | None, clock: Clock) -> Service:
    """Give a service, and all that it owes, to another titular or deputy; public, without their names."""
    locked = Service.objects.select_for_update(of=("self",)).select_related("authority").get(pk=service.pk)
    able = {person.pk for person in agents_of(locked.authority)}
    for field, person in (("titular", titular), ("deputy", deputy)):
        if person is not None and person.pk not in able:
            raise Refusal(_("Choisissez une personne qui travaille à ce bureau."), field=field)
    if deputy is not None and deputy.pk == titular.pk:
        raise Refusal(_("La personne qui supplée est une autre que la titulaire."), field="deputy")
    changed = {
        "titular": titular.pk != locked.titular_id,
        "deputy": (deputy.pk if deputy else None) != locked.deputy_id,
    }
    if not any(changed.values()):
        raise Conflict(_("Ce service est déjà à ces personnes : rien ne change."))
    locked.titular, locked.deputy = titular, deputy
    locked.save(update_fields=["titular", "deputy"])
    append_entry(
        SERVICE_HANDED_OVER,
        record=None,
        authority=locked.authority,
        now=clock.now(),
        data={"service": locked.name, **changed},
        is_institutional=True,
    )
    return locked


def leave_services(*, person_ids: Collection[UUID]) -> None:
    """Nobody stays named at a place that she can no longer hold."""
    Service.objects.filter(titular__in=person_ids).update(titular=None)
    Service.objects.filter(deputy__in=person_ids).update(deputy=None)
    Official.objects.filter(person__in=person_ids).update(person=None)
    OppositionMember.objects.filter(person__in=person_ids).update(person=None)


def leave_desk(*, person_ids: Collection[UUID], authority: Authority) -> None:
    """The same at one authority, for who no longer works there; an office outlives a role."""
    services = Service.objects.filter(authority=authority)
    services.filter(titular__in=person_ids).update(titular=None)
    services.filter(deputy__in=person_ids).update(deputy=None)
