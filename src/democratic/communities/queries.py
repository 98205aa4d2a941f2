from uuid import UUID

from django.db.models import Case, When
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Conformity, Controller, Official, Service
from democratic.kernel.refusals import Conflict
from democratic.people.models import Person
from democratic.thread.models import Authority, Grant, Role


def controller_of(authority: Authority) -> Controller:
    """What was declared; until then, the authority's name alone."""
    found = Controller.objects.filter(authority=authority).first()
    return found or Controller(authority=authority, legal_name=authority.name)


def conformity_of(authority: Authority) -> Conformity:
    """Of the authority that the request already holds with its controller: no query."""
    held: Controller | None = getattr(authority, "controller", None)
    return held.conformity if held else Conformity.NONE


def services_of(authority: Authority) -> list[Service]:
    return list(Service.objects.filter(authority=authority).order_by("name"))


def officials_of(authority: Authority) -> list[Official]:
    """Who is in office today."""
    return list(Official.objects.filter(authority=authority, until=None).order_by("name", "pk"))


def list_officials(authority: Authority, *, offset: int, limit: int) -> tuple[list[Official], int]:
    """By name, those whose office is over after the others."""
    found = Official.objects.filter(authority=authority)
    ordered = found.order_by(Case(When(until=None, then=0), default=1), "name", "pk")
    return list(ordered[offset : offset + limit]), found.count()


def get_official(authority: Authority, pk: UUID) -> Official | None:
    return Official.objects.filter(authority=authority, pk=pk).first()


def office_of(person: Person, authority: Authority) -> Official | None:
    running = Official.objects.filter(authority=authority, person=person, until=None)
    return running.order_by("pk").first()


def refuse_unless_in_office(official: Official, *, field: str = "") -> None:
    """Under a lock that ending an office takes too: nothing is promised in the name of who is there no more."""
    if not Official.objects.select_for_update(no_key=True).filter(pk=official.pk, until=None).exists():
        raise Conflict(
            _("Cette personne n’est plus en fonction : choisissez qui répond désormais."), field=field
        )


def could_be_officials(authority: Authority) -> list[Person]:
    """Who has the role of an official, and signs under no function yet."""
    held = Grant.objects.filter(authority=authority, process=None, until=None, role=Role.OFFICIAL)
    signing = Official.objects.filter(authority=authority, until=None, person__isnull=False)
    people = Person.objects.filter(pk__in=held.values("person"), account__is_active=True)
    free = people.exclude(pk__in=signing.values("person")).select_related("account")
    return list(free.order_by("name", "account__email"))


def agents_of(authority: Authority) -> list[Person]:
    """Who may hold a service: a running role over the whole authority, and an account that is open."""
    held = Grant.objects.filter(
        authority=authority, process=None, until=None, role__in=(Role.AGENT, Role.ADMINISTRATOR)
    )
    people = Person.objects.filter(pk__in=held.values("person"), account__is_active=True)
    return list(people.select_related("account").order_by("name", "account__email"))


def roles_of(authority: Authority, *, offset: int, limit: int) -> tuple[list[Grant], int]:
    """The running roles, with who holds them and over what; and how many there are."""
    running = Grant.objects.filter(authority=authority, until=None)
    known = running.select_related("person__account", "process__wording")
    page = known.order_by("person__name", "person__account__email", "role", "pk")[offset : offset + limit]
    return list(page), running.count()
