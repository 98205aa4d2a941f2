from democratic.observatory.models import Observatory
from democratic.thread.models import Kind
from democratic.web.places import at, record_path

LIST = "/observatoire"


def list_path() -> str:
    return at(LIST)


def page_of(observatory: Observatory, page: str = "") -> str:
    return record_path(Kind.OBSERVATORY, observatory.record.code) + (f"/{page}" if page else "")


def seat_path(observatory: Observatory) -> str:
    return page_of(observatory, "siege")


def members_path(observatory: Observatory) -> str:
    return page_of(observatory, "membres")
