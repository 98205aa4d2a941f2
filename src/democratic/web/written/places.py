from democratic.communities.editorial.models import Publication
from democratic.thread.models import Kind
from democratic.web.places import at, page_path, record_path

NEWS, COLUMNS, RESERVE = "/actualites", "/tribunes", "/periode-de-reserve"


def public_path(publication: Publication) -> str:
    """Where it is read; of a page, at its address of today."""
    record = publication.record
    return page_path(publication.slug) if record.kind == Kind.PAGE else record_path(record.kind, record.code)


def desk_list_path(kind: str = "") -> str:
    return at("/bureau/publications") + (f"?sorte={kind}" if kind else "")


def desk_path(code: str, page: str = "") -> str:
    return at(f"/bureau/publications/{code}") + (f"/{page}" if page else "")


def my_columns_path(code: str = "") -> str:
    return at("/compte/tribunes") + (f"/{code}" if code else "")
