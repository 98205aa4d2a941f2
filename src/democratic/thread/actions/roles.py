from django.db import transaction

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


@transaction.atomic
def give_role(
    *, person: Person, role: Role, authority: Authority, clock: Clock, process: Record | None = None
) -> Grant:
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
