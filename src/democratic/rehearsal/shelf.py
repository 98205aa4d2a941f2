"""Where rehearsals are kept: files in a folder of the installation, never rows of its database."""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

ASKED, PLAYING, DONE, FAILED = "asked", "playing", "done", "failed"
PATIENCE = 900  # seconds; a rehearsal takes a minute or two
_NAME = re.compile(r"[a-z0-9-]{1,20}")


@dataclass(frozen=True, slots=True)
class Told:
    """One scene of a rehearsal, in figures. ``voices``: by origin; ``late``: days, of the promised answer."""

    key: str
    title: str
    day: str
    voices: Mapping[str, int]
    supports: int
    subjects: int
    answered: int
    waiting: int
    late: int
    pages: tuple[str, ...]


def _rehearsals() -> Path:
    return Path(settings.VAR) / "rehearsals"


class Shelf:
    """The rehearsal of one process: what was asked, how far it is, and what it gave."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, process_id: UUID) -> "Shelf":
        return cls(_rehearsals() / str(process_id))

    def ask(self, script: str) -> None:
        """Ask for it (again): what an earlier one gave stays readable until this one is done."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for half in self.folder.glob(".*.json.*"):  # of a writer that was killed
            half.unlink(missing_ok=True)
        self._write("script.json", script)
        self.tell(ASKED)

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Whether it is ours to play: one at a time. The kernel frees it when we die, even by kill -9."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".held").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True

    def script(self) -> str:
        return (self.folder / "script.json").read_text(encoding="utf-8")

    def tell(self, state: str, **more: Any) -> None:
        self._write("state.json", json.dumps({"state": state, **more}))

    def state(self) -> Mapping[str, Any]:
        """``state`` is missing when no rehearsal was ever asked for."""
        return self._read("state.json")

    def keep(self, scenes: list[Told], pages: Mapping[tuple[str, str], str]) -> None:
        """``pages``: HTML by scene and page."""
        for (scene, page), html in pages.items():
            self._write(f"{scene}--{page}.html", html)
        self._write("report.json", json.dumps({"scenes": [asdict(scene) for scene in scenes]}))

    def scenes(self) -> list[Told]:
        known = self._read("report.json").get("scenes", [])
        return [Told(**{**scene, "pages": tuple(scene["pages"])}) for scene in known]

    def page(self, scene: str, page: str) -> str | None:
        if not (_NAME.fullmatch(scene) and _NAME.fullmatch(page)):
            return None
        try:
            return (self.folder / f"{scene}--{page}.html").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def _write(self, name: str, text: str) -> None:
        """Whole or not at all: who reads meanwhile reads what was there before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        beside = self.folder / f".{name}.{os.getpid()}"
        beside.write_text(text, encoding="utf-8")
        beside.replace(self.folder / name)

    def _read(self, name: str) -> Mapping[str, Any]:
        try:
            known: Mapping[str, Any] = json.loads((self.folder / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return known


def _in(state: str) -> list[UUID]:
    states = sorted(_rehearsals().glob("*/state.json"), key=lambda path: path.stat().st_mtime)
    return [UUID(path.parent.name) for path in states if Shelf(path.parent).state().get("state") == state]


def asked_for() -> list[UUID]:
    """The processes whose rehearsal waits to be played, the first asked first."""
    return _in(ASKED)


def tell_what_was_killed() -> int:
    """A rehearsal that is being played by nobody has failed: it may be asked again. How many."""
    return sum(_tell_if_killed(Shelf.of(process_id)) for process_id in _in(PLAYING))


def _tell_if_killed(shelf: Shelf) -> bool:
    with shelf.held() as is_ours:
        # Read again under the lock: it may have ended a moment before.
        was_killed = is_ours and shelf.state().get("state") == PLAYING
        if was_killed:
            shelf.tell(FAILED, why="")
        return was_killed
