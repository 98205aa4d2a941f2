"""Making a file safe: in a program of its own, that may use so much memory and time and no more.

Neither the web process nor the worker ever decodes what someone sent (docs/decisions/0010).
"""

import json
import logging
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from democratic.kernel.files.bounded import cut_parts, run_bounded
from democratic.kernel.files.kinds import MOST_PIXELS, FileKind, kind_of
from democratic.kernel.refusals import Refusal, TooMany

logger = logging.getLogger(__name__)

LONGEST = 15.0  # seconds, on a machine that does other things too
PATIENCE = 5.0  # seconds before someone is asked to come back
_PROGRAM = str(Path(__file__).with_name("decoder.py"))
# One at a time in each process: its other thread goes on with pages.
_SLOT = threading.BoundedSemaphore(1)

_WHY = {
    "broken": _(
        "Ce fichier est abîmé, incomplet ou trop lourd à ouvrir : enregistrez-le de nouveau, plus petit."
    ),
    "too_large": _("Cette image est trop grande : réduisez-la à 5 000 points de côté, puis renvoyez-la."),
    "animated": _("Cette image est animée : donnez-en une photo fixe, en JPEG ou en PNG."),
    "two_things": _(
        "Ce PDF porte autre chose qu’un document : imprimez-le en PDF, puis envoyez ce nouveau fichier."
    ),
    "pdf_runs": _(
        "Ce PDF contient un programme, un formulaire ou un fichier joint : imprimez-le en PDF, "
        "puis envoyez ce nouveau fichier."
    ),
    "pdf_locked": _(
        "Ce PDF est protégé : nous ne pouvons pas vérifier ce qu’il contient. Ôtez la protection."
    ),
}


@dataclass(frozen=True, slots=True)
class CleanFile:
    """Bytes that may be kept and shown. Width and height are 0 for a document; ``peak``: kilobytes used.

    ``lacks``: of a document, what a screen reader would need and does not find, by ``reading``'s names.
    """

    content: bytes
    content_type: str
    width: int
    height: int
    peak: int
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    told: dict[str, Any]
    parts: list[bytes]


def clean_file(content: bytes) -> CleanFile:
    """The file without anything that could harm or betray. Refusal: it is not what we take, and what to do."""
    kind = kind_of(content)
    done = decode(["clean", kind.value, str(MOST_PIXELS.get(kind, 0))], content)
    told = done.told
    lacks = tuple(told.get("lacks", ()))
    return CleanFile(done.parts[0], kind.content_type, told["width"], told["height"], told["peak"], lacks)


def thumbnails_of(content: bytes, kind: FileKind, widths: tuple[int, ...]) -> list[bytes]:
    """In WebP, none wider than the image itself."""
    return decode(["thumbnails", kind.value, *map(str, widths)], content).parts


def decode(words: list[str], content: bytes) -> Decoded:
    """Run the decoder on this content. Refusal when it refuses, dies or takes too long."""
    if not _SLOT.acquire(timeout=PATIENCE):
        raise TooMany(
            _("Beaucoup de photos arrivent en même temps : renvoyez la vôtre dans un instant."), field="file"
        )
    try:
        ended = run_bounded(_PROGRAM, words, content, longest=LONGEST)
        return _read(ended.code, ended.head, ended.body)
    finally:
        _SLOT.release()


def _read(ended: int, head: bytes, body: bytes) -> Decoded:
    told = _told(ended, head)
    if "refused" in told:
        logger.info("a file was refused: %s %s (exit %s)", told["refused"], told.get("error", ""), ended)
        raise Refusal(_WHY.get(told["refused"], _WHY["broken"]), field="file")
    return Decoded(told, cut_parts(body, told["sizes"]))


def _told(ended: int, head: bytes) -> dict[str, Any]:
    """What it said of the file. Ended by a limit, a crash or a signal, it says nothing: too large for us."""
    if ended != 0:
        return {"refused": "too_large"}
    try:
        told: dict[str, Any] = json.loads(head)
    except ValueError:
        return {"refused": "broken"}
    return told
