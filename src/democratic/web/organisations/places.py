from democratic.communities.models import Organisation
from democratic.thread.models import Kind
from democratic.web.places import at, record_path

MINE = "/compte/organisations"


def public_path(organisation: Organisation) -> str:
    return record_path(Kind.ORGANISATION, organisation.record.code)


def members_path(organisation: Organisation) -> str:
    return f"{public_path(organisation)}/membres"


def house_path_of(organisation: Organisation) -> str:
    """Its own house, where its members are at home; empty when none was opened."""
    return at(f"/conseils/{organisation.record.code}") if getattr(organisation, "house", None) else ""


def list_path() -> str:
    return at("/organisations")
