"""Which pages and acts are measured, and how many queries and bytes each one costs."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from democratic.config.bench.fill import Filled
from democratic.config.bench.load import Measure, asking, measure, posting
from democratic.config.server.errors import CannotStart
from democratic.kernel import pages
from democratic.web.sessions import SessionStore


@dataclass(frozen=True, slots=True)
class Row:
    what: str
    measure: Measure
    queries: int | None
    bytes: int | None


def reading_paths(filled: Filled) -> dict[str, str]:
    process = f"/concertations/{filled.process.slug}"
    return {
        "home": "/",
        "process": process,
        "list": f"{process}/idees",
        "idea, 200 comments": f"/idees/{filled.idea_code}",
        "fil": f"/fil/{filled.idea_code}",
        "search": "/recherche?q=covoiturage",
        "commitments": "/engagements",
        "map of the process": f"{process}/carte",
        "points of the map": f"{process}/carte.geojson",
    }


def measured(base: str, filled: Filled, *, seconds: int) -> Iterator[Row]:
    cookie = session_cookie(filled)
    for name, path in reading_paths(filled).items():
        queries, size = _cost(path, cookie="")
        measure(base + path, seconds=1)  # warm
        yield Row(f"{name}, anonymous", measure(base + path, seconds=seconds), queries, size)
        queries, _size = _cost(path, cookie=cookie)
        measure(base + path, seconds=1, cookie=cookie)
        yield Row(f"{name}, signed in", measure(base + path, seconds=seconds, cookie=cookie), queries, None)
    path = reading_paths(filled)["list"]
    with changing(filled, every=0.5):
        yield Row("list, changing twice a second", measure(base + path, seconds=seconds), None, None)
    with changing(filled, every=0.005):
        yield Row("list, just changed each time", measure(base + path, seconds=seconds), None, None)
    for name, word in (("a word in a tenth of the ideas", "covoiturage"), ("a word in all of them", "bus")):
        never_asked = asking(f"/recherche?q={word}&n=%d")
        yield Row(f"search, not kept, {name}", measure(base, seconds=seconds, script=never_asked), None, None)
    yield from _acts(base, filled, seconds=seconds)


def _acts(base: str, filled: Filled, *, seconds: int) -> Iterator[Row]:
    run = uuid4().hex
    idea = f"key={run}%d&text=Un+bus+de+nuit+le+vendredi&age_band=26_64&byline=&place=&email="
    comment = "text=Pour+la+raison+numero+%d&alignment=1"
    acts = {
        "posting an idea": (f"/concertations/{filled.process.slug}/dire", idea),
        "a support": (f"/paroles/{filled.idea_code}/soutenir", "n=%d"),
        "a comment": (f"/paroles/{filled.idea_code}/commenter", comment),
    }
    for name, (path, body) in acts.items():
        yield Row(name, measure(base + path, seconds=seconds, script=posting(body)), None, None)


def session_cookie(filled: Filled) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(filled.account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = filled.account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _cost(path: str, *, cookie: str) -> tuple[int, int]:
    """Queries of a warm reading, and compressed bytes."""
    client = Client(headers={"cookie": cookie} if cookie else {})
    seen = client.get(path).wsgi_request.user
    if seen.is_authenticated != bool(cookie):
        raise CannotStart(f"{path}: mesuré comme connecté sans l’être, ou l’inverse")
    with CaptureQueriesContext(connection) as caught:
        response = client.get(path)
    return len(caught), len(gzip.compress(response.content, 6))


@contextmanager
def changing(filled: Filled, *, every: float) -> Iterator[None]:
    """Bump the process's pages again and again, as a busy hour would."""
    over = Event()

    def bump() -> None:
        while not over.wait(every):
            pages.bump([filled.process.pk, filled.authority.pk])
        connection.close()

    thread = Thread(target=bump)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
