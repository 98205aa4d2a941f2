from democratic.communities.models import Official, Service
from democratic.people.models import Person
from democratic.thread.models import Authority


def services_of(authority: Authority) -> list[Service]:
    return list(Service.objects.filter(authority=authority).order_by("name"))


def officials_of(authority: Authority) -> list[Official]:
    return list(Official.objects.filter(authority=authority).order_by("name"))


def office_of(person: Person, authority: Authority) -> Official | None:
    return Official.objects.filter(authority=authority, person=person).order_by("pk").first()
