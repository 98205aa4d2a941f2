from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.events import SERVICE_HANDED_OVER
from democratic.communities.models import Official, Service
from democratic.communities.queries import agents_of
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.people.models import Person
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority


@transaction.atomic
def create_service(
    *, authority: Authority, name: str, titular: Person | None = None, deputy: Person | None = None
) -> Service:
    return Service.objects.create(authority=authority, name=name, titular=titular, deputy=deputy)


@transaction.atomic
def appoint_official(
    *, authority: Authority, name: str, function: str, person: Person | None = None
) -> Official:
    return Official.objects.create(authority=authority, name=name, function=function, person=person)


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


def leave_desk(*, person_ids: Collection[UUID], authority: Authority) -> None:
    """The same at one authority, for who no longer works there; an office outlives a role."""
    services = Service.objects.filter(authority=authority)
    services.filter(titular__in=person_ids).update(titular=None)
    services.filter(deputy__in=person_ids).update(deputy=None)
