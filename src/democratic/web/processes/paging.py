"""Bounded pages by number, for short lists: an offset is cheap there, and an address can be shared."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Paging:
    number: int
    size: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size


def paging_of(request: HttpRequest, size: int) -> Paging:
    """The page asked for. What can't be a page number is the first page; one past all bounds does not exist."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 4 else 1  # noqa: PLR2004  9999
    if number > MOST_PAGES:
        raise Http404
    return Paging(max(1, number), size)


def pager(paging: Paging, shown: int, total: int, path: str, **kept: str) -> dict[str, object] | None:
    """What parts/pager.html shows, or None when everything is on this page. 404 past the end."""
    if not shown and paging.number > 1:
        raise Http404
    if total <= paging.size and paging.number == 1:
        return None

    def address(number: int) -> str:
        query = {name: value for name, value in kept.items() if value}
        if number > 1:
            query["page"] = str(number)
        return f"{path}?{urlencode(query)}" if query else path

    last = paging.offset + shown
    return {
        "first": paging.offset + 1,
        "last": last,
        "total": total,
        "previous_url": address(paging.number - 1) if paging.number > 1 else "",
        "next_url": address(paging.number + 1) if last < total else "",
    }
