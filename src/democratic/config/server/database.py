"""The database for any command: DATABASE_URL, else the server that runs here, else ours for that long."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from democratic.config.places import Places, places
from democratic.config.secrets import secret
from democratic.config.server import installation
from democratic.config.server.checks import examine_database, refuse_full_disk
from democratic.config.server.cluster import ADMIN, DATABASE, ROLE, socket_url
from democratic.config.server.embedded import ADMIN_PASSWORD, PASSWORD, embedded_postgres
from democratic.config.server.errors import CannotStart
from democratic.config.server.unfinished import RESTORE, refuse_unfinished

URL = "DATABASE_URL"
PUBLIC = "DEMOCRATIC_URL"
PATIENCE = 60.0  # seconds left to a bin/run that is starting


@contextmanager
def database_for(command: str, *, is_examined: bool = True) -> Iterator[str]:
    """The address, also put into the environment, for as long as the command lasts.

    Not examined for the one command whose work is to say all that is wrong with it.
    """
    if command != RESTORE:
        refuse_unfinished(places())
    with _as_served(places()):
        if url := os.environ.get(URL):
            if is_examined:
                examine_database(url)
            yield url
            return
        place = places().prepare()
        with _used(place) as users, ExitStack() as stack:
            os.environ[URL] = _find_or_start(place, command, users, stack)
            try:
                yield os.environ[URL]
            finally:
                del os.environ[URL]


@contextmanager
def _as_served(place: Places) -> Iterator[None]:
    """Links that a command prints lead where bin/run serves, unless the environment names another address."""
    served = installation.running(place).get("public")
    if not served or PUBLIC in os.environ:
        yield
        return
    os.environ[PUBLIC] = served
    try:
        yield
    finally:
        del os.environ[PUBLIC]


def running_url(place: Places) -> str | None:
    """The address of the embedded server that runs here now, if one does."""
    found = installation.running(place).get("database")
    return _url(found) if found else None


def admin_url(place: Places) -> str:
    """The same, as the server's own administrator: for its log, and for copies of the whole of it."""
    found = installation.running(place).get("database", {})
    if "socket_dir" not in found:
        raise CannotStart(
            "Cela demande la base que bin/run tient lui-même : une base extérieure a ses propres sauvegardes."
        )
    return socket_url(Path(found["socket_dir"]), ADMIN, secret(ADMIN_PASSWORD), "postgres")


def _url(noted: dict[str, Any]) -> str:
    if "socket_dir" not in noted:
        raise CannotStart("bin/run sert ici une base extérieure : donnez la même DATABASE_URL.")
    return socket_url(Path(noted["socket_dir"]), ROLE, secret(PASSWORD), DATABASE)


@contextmanager
def _used(place: Places) -> Iterator[IO[str]]:
    """Counted among the users of the database: whoever started it for a command waits for the others."""
    with place.users.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield file


def _find_or_start(place: Places, command: str, users: IO[str], stack: ExitStack) -> str:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if url := running_url(place):
            return url
        if lock := installation.take(place, command):
            stack.enter_context(lock)
            return stack.enter_context(_started(place, users))
        time.sleep(0.1)
    raise CannotStart("bin/run démarre encore : réessayez dans un instant.")


@contextmanager
def _started(place: Places, users: IO[str]) -> Iterator[str]:
    refuse_full_disk(place.var)
    server = embedded_postgres(place)
    server.start()
    try:
        examine_database(server.url())
        installation.note(place, database={"socket_dir": str(server.socket_dir)})
        yield server.url()
    finally:
        with suppress(KeyboardInterrupt):
            fcntl.flock(users, fcntl.LOCK_EX)
        place.state.unlink(missing_ok=True)
        server.stop()
