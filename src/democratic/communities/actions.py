from django.db import transaction

from democratic.communities.models import Official, Service
from democratic.people.models import Person
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
