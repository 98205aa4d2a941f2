"""Which pages and acts are measured, and how many queries and bytes each one costs."""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread
from typing import Any
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
class Probe:
    """One page or act: ``run(seconds)`` measures it. ``queries`` and ``bytes``: of a warm reading, where said."""

    what: str
    run: Callable[[int], Measure]
    queries: int | None = None
    bytes: int | None = None


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


def probes(base: str, filled: Filled) -> Iterator[Probe]:
    cookie = session_cookie(filled)
    for name, path in reading_paths(filled).items():
        queries, size = cost_of(path, cookie="")
        yield Probe(f"{name}, anonymous", partial(_read, base + path), queries, size)
        queries, _size = cost_of(path, cookie=cookie)
        yield Probe(f"{name}, signed in", partial(_read, base + path, cookie=cookie), queries)
    path = base + reading_paths(filled)["list"]
    yield Probe("list, changing twice a second", partial(_read_changing, path, filled, every=0.5))
    yield Probe("list, just changed each time", partial(_read_changing, path, filled, every=0.005))
    for name, word in (("a word in a tenth of the ideas", "covoiturage"), ("a word in all of them", "bus")):
        never_asked = asking(f"/recherche?q={word}&n=%d")
        yield Probe(f"search, not kept, {name}", partial(_load, base, script=never_asked))
    yield from _acts(base, filled)


def _acts(base: str, filled: Filled) -> Iterator[Probe]:
    run = uuid4().hex
    idea = f"key={run}%d&text=Un+bus+de+nuit+le+vendredi&age_band=26_64&byline=&place=&email="
    comment = "text=Pour+la+raison+numero+%d&alignment=1"
    acts = {
        "posting an idea": (f"/concertations/{filled.process.slug}/dire", idea),
        "a support": (f"/paroles/{filled.idea_code}/soutenir", "n=%d"),
        "an answer to a question": (f"/questions/{filled.poll_code}/repondre", "n=%d&option=2"),
        "a comment": (f"/paroles/{filled.idea_code}/commenter", comment),
    }
    for name, (path, body) in acts.items():
        yield Probe(name, partial(_load, base + path, script=posting(body)))


def _load(url: str, seconds: int, *, script: str) -> Measure:
    return measure(url, seconds=seconds, script=script)


def _read(url: str, seconds: int, *, cookie: str = "") -> Measure:
    measure(url, seconds=1, cookie=cookie)  # warm
    return measure(url, seconds=seconds, cookie=cookie)


def _read_changing(url: str, filled: Filled, seconds: int, *, every: float) -> Measure:
    with changing(filled, every=every):
        return measure(url, seconds=seconds)


def session_cookie(filled: Filled, **more: Any) -> str:
    """Of the account that was filled in. ``more``: what else the session holds."""
    session = SessionStore()
    session.update(more)
    session[SESSION_KEY] = str(filled.account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = filled.account.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def cost_of(path: str, *, cookie: str) -> tuple[int, int]:
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
