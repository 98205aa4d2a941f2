from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from democratic.kernel.clock import Clock
from democratic.people.models import Person
from democratic.thread.models import Audience, Authority, Grant, Record, Role


@transaction.atomic
def open_authority(
    *,
    slug: str,
    name: str,
    kind_label: str,
    host: str = "",
    is_under_path: bool = False,
    is_demo: bool = False,
) -> Authority:
    """An authority with its public audience; at its host, or under ``/c/<slug>`` where it shares one."""
    authority = Authority.objects.create(
        slug=slug, name=name, kind_label=kind_label, host=host, is_under_path=is_under_path, is_demo=is_demo
    )
    Audience.objects.create(authority=authority, is_public=True, name=name)
    return authority


def refuse_incompatible(person: Person, authority: Authority) -> None:
    """Before a role or an office: what is above us may say that this person holds what forbids it.

    Under her row's lock, which who seats her takes too: neither slips in beside the other.
    """
    list(Person.objects.select_for_update(no_key=True).filter(pk=person.root_id or person.pk))
    for dotted in settings.INCOMPATIBILITIES:
        import_string(dotted)(person, authority)


@transaction.atomic
def give_role(
    *, person: Person, role: Role, authority: Authority, clock: Clock, process: Record | None = None
) -> Grant:
    refuse_incompatible(person, authority)
    grant, _created = Grant.objects.get_or_create(
        person=person,
        role=role,
        authority=authority,
        process=process,
        until=None,
        defaults={"since": clock.now()},
    )
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, clock: Clock) -> None:
    Grant.objects.filter(pk=grant.pk, until=None).update(until=clock.now())
