from democratic.communities.models import Organisation
from democratic.thread.models import Kind
from democratic.web.places import at, record_path

MINE = "/compte/organisations"


def public_path(organisation: Organisation) -> str:
    return record_path(Kind.ORGANISATION, organisation.record.code)


def members_path(organisation: Organisation) -> str:
    return f"{public_path(organisation)}/membres"


def list_path() -> str:
    return at("/organisations")
