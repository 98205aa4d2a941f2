from democratic.kernel.limits import keyed_hash
from democratic.people.models import Person
from democratic.thread.models import FollowsAddress


def hash_of(secret: str) -> str:
    return keyed_hash("follows-address", secret)


def follows_address_of(person: Person) -> FollowsAddress | None:
    return FollowsAddress.objects.filter(person=person).first()


def follows_address_by(secret: str) -> FollowsAddress | None:
    """Whose follows this secret opens; None for one that was never given, was taken back, or whose account is shut."""
    found = FollowsAddress.objects.filter(secret_hash=hash_of(secret), person__account__is_active=True)
    return found.select_related("person").first()
