from democratic.communities.models import Conformity, Controller, Official, Service
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
    return list(Official.objects.filter(authority=authority).order_by("name"))


def office_of(person: Person, authority: Authority) -> Official | None:
    return Official.objects.filter(authority=authority, person=person).order_by("pk").first()


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
