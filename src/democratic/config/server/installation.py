"""Who holds this installation: one lock, and a note of what is running for the commands that join it."""

import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from democratic.config.places import Places
from democratic.config.server.errors import CannotStart

RUN = "run"
TRIES = 5  # a program that only asks who holds the lock holds it for an instant


def take(place: Places, command: str) -> IO[str] | None:
    """The installation's lock, or None while another program holds it. The kernel frees it at our death."""
    file = place.lock.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    place.state.unlink(missing_ok=True)  # what an earlier life left is no longer so
    file.truncate(0)
    file.write(json.dumps({"pid": os.getpid(), "command": command}))
    file.flush()
    return file


@contextmanager
def held_by_run(place: Places, pause: Callable[[float], None] = time.sleep) -> Iterator[None]:
    for _ in range(TRIES):
        if (file := take(place, RUN)) is not None:
            break
        pause(0.1)
    else:
        raise CannotStart(_who_holds(place))
    with file:
        try:
            yield
        finally:
            place.state.unlink(missing_ok=True)


def _who_holds(place: Places) -> str:
    holder = _read(place.lock)
    pid = holder.get("pid", "?")
    if holder.get("command", RUN) != RUN:
        return (
            f"La commande « {holder['command']} » (processus {pid}) utilise la base :"
            " attendez sa fin, puis relancez bin/run."
        )
    where = _read(place.state).get("web")
    return f"démocraTIC tourne déjà ici (processus {pid}{', ' + where if where else ''})."


def note(place: Places, **facts: Any) -> None:
    """Tell other commands what is running. Never a password: the file names where, secrets say how."""
    aside = place.state.with_suffix(".new")
    aside.write_text(json.dumps(_read(place.state) | facts))
    aside.replace(place.state)


def is_held(place: Places) -> bool:
    """Whether some program holds the lock now, asked without keeping it."""
    try:
        with place.lock.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def running(place: Places) -> dict[str, Any]:
    """What the holder of the lock noted; empty when nothing runs."""
    return _read(place.state) if is_held(place) else {}


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
