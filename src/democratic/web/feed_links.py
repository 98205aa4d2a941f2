"""Where what a page shows can be followed by a feed reader or an agenda, and how a page says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from democratic.web.places import at


class Form(StrEnum):
    ATOM = "atom"
    JSON = "json"
    ICAL = "ics"


TYPES = {
    Form.ATOM: "application/atom+xml",
    Form.JSON: "application/feed+json",
    Form.ICAL: "text/calendar",
}
NEWS = (Form.ATOM, Form.JSON)
EVERY_FORM = (Form.ATOM, Form.JSON, Form.ICAL)


@dataclass(frozen=True, slots=True)
class FeedLink:
    form: str
    type: str
    url: str


def feeds_of(path: str, forms: Iterable[Form] = NEWS, *, query: str = "") -> tuple[FeedLink, ...]:
    """The feeds beside a page of ours: its path, with the form as its ending."""
    after = f"?{query}" if query else ""
    return tuple(FeedLink(form.value, TYPES[form], f"{at(path)}.{form}{after}") for form in forms)
