from uuid import UUID

from democratic.people.models import ContactAddress, Person


def person_and_claimed(person: Person) -> list[UUID]:
    """The ids under which this person spoke: her own, and those that she claimed."""
    root = person.root_id or person.pk
    return [root, *Person.objects.filter(root_id=root).values_list("pk", flat=True)]


def addresses_of(person_ids: list[UUID]) -> list[ContactAddress]:
    return list(
        ContactAddress.objects.filter(person_id__in=person_ids, stopped_at=None).order_by("created_at")
    )
