from democratic.communities.houses.models import House
from democratic.thread.models import Kind
from democratic.web.places import at, record_path


def house_path(house: House, page: str = "") -> str:
    """The public page, or one of those of who is in the house."""
    return at(f"/conseils/{house.organisation.record.code}" + (f"/{page}" if page else ""))


def facilitators_path(house: House) -> str:
    """At the desk: who helps there."""
    return at(f"/bureau/conseils/{house.organisation.record.code}/animation")


def opinion_path(code: str) -> str:
    return record_path(Kind.OPINION, code)


def referral_path(code: str) -> str:
    return record_path(Kind.REFERRAL, code)
