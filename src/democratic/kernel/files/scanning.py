"""Asking an antivirus (clamd), where the operator names one, about the very bytes that someone sent.

Before anything opens them, and closed when it fails: what could not be scanned is refused, never let through.
"""

import hashlib
import logging
import re
import socket
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from democratic.kernel.outages import Part, outages, probe_with, report_down
from democratic.kernel.refusals import Refusal

logger = logging.getLogger(__name__)

CONNECTION, LONGEST, PROBE = 2.0, 10.0, 2.0  # seconds: to be heard, for one file, for a few bytes
_LONGEST_ANSWER = 1024  # bytes
# Past a limit of its own (AlertExceedsMax) it has found nothing: it has not looked.
_ANSWER = re.compile(rb"stream: (?:OK|(?!Heuristics\.Limits\.)([!-~]{1,200}) FOUND)\x00")

_VIRUS = _(
    "Notre antivirus reconnaît un virus dans ce fichier, sans doute à votre insu : nous ne l’avons pas gardé. "
    "Prenez-en un autre, ou envoyez sans lui, et faites vérifier votre appareil."
)
_NOT_THIS = _(
    "Nous n’avons pas pu vérifier ce fichier : réessayez avec un fichier plus léger, ou envoyez sans lui."
)
_NOT_NOW = _(
    "Nous ne pouvons pas vérifier les fichiers pour le moment : réessayez plus tard, ou envoyez sans fichier."
)


class ScannerSilent(Refusal):
    """Nobody could say whether the file is sound: nothing was lost but the file itself."""

    status = 503


class NoVerdict(OSError):
    """What it answers says neither that a file is clean nor what is in it."""


def scan(content: bytes) -> None:
    """Nothing when it is clean, or where no antivirus is set. Refusal: a virus, or nobody to say that there's none.

    Once down, it is the worker that asks whether it is back: no page waits for it meanwhile.
    """
    if settings.CLAMD is None:
        return
    if Part.ANTIVIRUS in outages():
        raise ScannerSilent(_NOT_NOW, field="file")
    try:
        virus = ask(content, LONGEST)
    except OSError as error:
        why = type(error).__name__  # never what it says: a liar could say the file itself
        logger.warning("a file of %d bytes could not be scanned, and was refused: %s", len(content), why)
        raise ScannerSilent(_NOT_NOW if _is_down() else _NOT_THIS, field="file") from error
    if virus:
        logger.warning("a file was refused: %s in %s", virus, hashlib.sha256(content).hexdigest()[:12])
        raise Refusal(_VIRUS, field="file")


def _is_down() -> bool:
    """A few bytes tell an antivirus that is down from a file made to be slow, which must not close it to others."""
    try:
        probe()
    except OSError:
        report_down(Part.ANTIVIRUS)
        return True
    return False


def probe() -> None:
    """OSError as long as it can't scan."""
    ask(b"?", PROBE)


def ask(content: bytes, patience: float) -> str:
    """The virus it finds, or nothing. OSError: it is gone, slow, hangs up, or says anything else."""
    if (address := settings.CLAMD) is None:
        return ""
    until = monotonic() + patience
    with _line(address) as line:
        line.settimeout(_left(until))
        line.sendall(b"".join((b"zINSTREAM\0", len(content).to_bytes(4, "big"), content, bytes(4))))
        found = _ANSWER.fullmatch(_answer(line, until))
    if found is None:
        raise NoVerdict
    return (found[1] or b"").decode()


def _line(address: str | tuple[str, int]) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address, CONNECTION)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(CONNECTION)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket, until: float) -> bytes:
    """To its end, as more than one answer is none."""
    answer = b""
    while len(answer) <= _LONGEST_ANSWER:
        line.settimeout(_left(until))
        if not (part := line.recv(_LONGEST_ANSWER)):
            break
        answer += part
    return answer


def _left(until: float) -> float:
    return max(until - monotonic(), 0.001)


probe_with(Part.ANTIVIRUS, probe)
