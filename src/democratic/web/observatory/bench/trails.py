"""Where the pages of members stand, and who reads them."""

from typing import Any

from django.utils.translation import gettext as _

from democratic.observatory.models import Observatory
from democratic.people.queries import person_and_claimed
from democratic.web.observatory.places import list_path, page_of, seat_path
from democratic.web.requests import Request, someone
from democratic.web.suites.fil.phrases import title_of

Trail = list[tuple[str, str]]


def trail_of(observatory: Observatory) -> Trail:
    return [(_("Observatoire"), list_path()), (title_of(observatory.record), page_of(observatory))]


def bench_trail(observatory: Observatory) -> Trail:
    return [*trail_of(observatory), (_("Mon siège"), seat_path(observatory))]


def ids_of(request: Request) -> list[Any]:
    return person_and_claimed(someone(request))
