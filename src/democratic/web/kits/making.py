"""Composed once for a hundred readers, and kept by the hash of all that it shows."""

import base64
import hashlib
import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from democratic.web.charts.slots import CannotDraw, Slot, once
from democratic.web.kits.printable import FONTS, Json, printable_in

logger = logging.getLogger(__name__)

PROGRAM, SHEETS = Path(__file__).with_name("compiler.py"), Path(__file__).with_name("sheets")
LONGEST = 30.0  # seconds
PDF, PREVIEW = "pdf", "svg"


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


def compose(sheet: Sheet, form: str) -> bytes:
    """Start the program on this, and wait for it. CannotDraw."""
    words = [sys.executable, "-I", str(PROGRAM), str(SHEETS), *map(str, FONTS)]
    at = int(datetime(sheet.on.year, sheet.on.month, sheet.on.day, tzinfo=UTC).timestamp())
    asked = {"sheet": sheet.template, "data": printable_in(sheet.data), "at": at, "form": form}
    try:
        done = subprocess.run(  # noqa: S603
            words, input=json.dumps(asked).encode(), capture_output=True, timeout=LONGEST, check=True, env={}
        )
    except (subprocess.SubprocessError, OSError) as fault:
        logger.warning("a sheet cannot be composed: %s", type(fault).__name__)
        raise CannotDraw from fault
    return done.stdout
