"""The lines of one process's map, under the same filters as its list; and those of a whole authority."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from django.http import QueryDict

from democratic.participation.ideas.queries import IdeasHead
from democratic.thread.queries.facets import Facets, count_facets
from democratic.thread.queries.places import SaidIn, places_of, said_where
from democratic.thread.rules import Viewer
from democratic.web.ideas.asked import PLACE, Asked, read_asked
from democratic.web.map.lines import Lines, lines_of
from democratic.web.places import process_path


def asked_of(slug: str, query: QueryDict) -> Asked:
    """The filters of the list, but for the places, which are the map itself, and the words, which are not counted."""
    asked = read_asked(process_path(slug, "carte"), query)
    return replace(asked, chosen=replace(asked.chosen, places=(), words=""))


def lines_in_process(viewer: Viewer, head: IdeasHead, asked: Asked) -> tuple[Lines, Facets]:
    facets = count_facets(head.shelf, asked.chosen)
    said = [SaidIn(box.value, box.n, head.slug, head.title) for box in facets.places]
    kept = [*asked.kept(), *asked.ticked()]

    def list_of(slug: str, texts: Sequence[str]) -> str:
        return _list_of(slug, texts, kept)

    return lines_of(places_of(viewer.authority), said, list_of), facets


def lines_in_authority(viewer: Viewer) -> Lines:
    return lines_of(places_of(viewer.authority), said_where(viewer), _list_of)


def _list_of(slug: str, texts: Sequence[str], kept: Sequence[tuple[str, str]] = ()) -> str:
    query = urlencode([*kept, *((PLACE, text) for text in texts)])
    return f"{process_path(slug, 'idees')}?{query}"
