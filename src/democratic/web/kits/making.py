"""Composed once for a hundred readers, and kept by the hash of all that it shows."""

import base64
import hashlib
import json
import logging
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from democratic.web.charts.slots import CannotDraw, Slot, once
from democratic.web.kits.printable import FONTS, Json, printable_in

logger = logging.getLogger(__name__)

PROGRAM, SHEETS = Path(__file__).with_name("compiler.py"), Path(__file__).with_name("sheets")
LONGEST = 30.0  # seconds
PDF, PREVIEW, PICTURE = "pdf", "svg", "png"
_SAID = 8  # bytes that say how long the next file is


@dataclass(frozen=True, slots=True)
class Sheet:
    """``name``: its place among what is kept; ``on``: the day that the file says it was made."""

    name: str
    template: str
    data: dict[str, Json]
    on: date

    @property
    def digest(self) -> str:
        said = json.dumps([self.template, self.data, self.on.isoformat(), _templates()], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def _templates() -> str:
    """Another version of the product composes anew."""
    told = hashlib.sha256()
    for path in (PROGRAM, *sorted(SHEETS.glob("*.typ"))):
        told.update(path.read_bytes())
    return told.hexdigest()


def made(sheet: Sheet, form: str) -> bytes:
    """Of one content there is one PDF, to the byte. CannotDraw; Unavailable."""
    slot = slot_of(sheet, form)
    return base64.b64decode(once(slot, lambda: {form: base64.b64encode(compose(sheet, form)).decode()})[form])


def is_made(sheet: Sheet, form: str) -> bool:
    """Asking for it again costs nothing."""
    return slot_of(sheet, form).read() is not None


def slot_of(sheet: Sheet, form: str) -> Slot:
    return Slot(f"kit:{sheet.name}:{form}", sheet.digest)


def made_together(wanted: Sequence[tuple[Sheet, str]], *, is_kept: bool = True) -> list[bytes]:
    """The same for several: what is not kept yet is composed by one start of the program. CannotDraw."""
    slots = [slot_of(sheet, form) for sheet, form in wanted]
    found = [slot.read() for slot in slots]
    files = [
        base64.b64decode(kept[form]) if kept else b""
        for kept, (_sheet, form) in zip(found, wanted, strict=True)
    ]
    missing = [at for at, file in enumerate(files) if not file]
    for at, file in zip(missing, compose_all([wanted[at] for at in missing]) if missing else [], strict=True):
        files[at] = file
        if is_kept:
            slots[at].write({wanted[at][1]: base64.b64encode(file).decode()})
    return files


def compose(sheet: Sheet, form: str) -> bytes:
    """Start the program on this, and wait for it. CannotDraw."""
    return compose_all([(sheet, form)])[0]


def compose_all(wanted: Sequence[tuple[Sheet, str]]) -> list[bytes]:
    words = [sys.executable, "-I", str(PROGRAM), str(SHEETS), *map(str, FONTS)]
    asked = json.dumps([_asked(sheet, form) for sheet, form in wanted]).encode()
    try:
        done = subprocess.run(  # noqa: S603
            words, input=asked, capture_output=True, timeout=LONGEST, check=True, env={}
        )
    except (subprocess.SubprocessError, OSError) as fault:
        logger.warning("a sheet cannot be composed: %s", type(fault).__name__)
        raise CannotDraw from fault
    return list(_files(done.stdout))


def _asked(sheet: Sheet, form: str) -> dict[str, Json]:
    at = int(datetime(sheet.on.year, sheet.on.month, sheet.on.day, tzinfo=UTC).timestamp())
    return {"sheet": sheet.template, "data": printable_in(sheet.data), "at": at, "form": form}


def _files(said: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(said):
        body = start + _SAID
        start = body + int.from_bytes(said[start:body], "big")
        yield said[body:start]
