"""Passwords that leaked elsewhere, in a file of the operator's: tens of gigabytes, never read whole.

One line a password, in the order of its prints: ``SHA-1 IN CAPITALS:HOW MANY TIMES``, as published sets are.
"""

import hashlib
import re
from pathlib import Path
from typing import BinaryIO

_LINE = re.compile(rb"[0-9A-F]{40}(:\d+)?\r?\n?")
PRINT = 40  # signs of a SHA-1
LONGEST = 80  # bytes of a line: the print, and a count
LOOKED_AT = 1000  # lines that tell whether the file is in order: the whole would take minutes


class Unreadable(Exception):
    """A line of the file is not what was expected."""


class LeakedFile:
    """``OSError`` when it is not there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def holds(self, password: str) -> bool:
        sought = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        with self.path.open("rb", buffering=0) as file:
            low, high = 0, file.seek(0, 2)
            while low < high:
                middle = (low + high) // 2
                start, found = _line_after(file, middle)
                if not found or found[:PRINT] > sought:
                    high = middle
                elif found[:PRINT] == sought:
                    return True
                else:
                    low = start + len(found)
        return False

    def fault(self) -> str:
        """« missing », « empty », « lines », « order », or nothing: from a thousand lines across the file."""
        try:
            with self.path.open("rb", buffering=0) as file:
                return _fault_of(file)
        except OSError:
            return "missing"
        except Unreadable:
            return "lines"


def _fault_of(file: BinaryIO) -> str:
    size = file.seek(0, 2)
    if not size:
        return "empty"
    before = b""
    for step in range(LOOKED_AT + 1):
        _start, line = _line_after(file, size * step // LOOKED_AT)
        if line and line[:PRINT] < before:
            return "order"
        before = line[:PRINT] or before
    return ""


def _line_after(file: BinaryIO, position: int) -> tuple[int, bytes]:
    """The first line that starts there or after, and where it starts; empty past the last one."""
    file.seek(max(position - 1, 0))
    read = file.read(2 * LONGEST)
    skipped = 0 if position == 0 else read.find(b"\n") + 1
    if position and not skipped:
        if len(read) == 2 * LONGEST:
            raise Unreadable
        return position, b""
    start = max(position - 1, 0) + skipped
    line = read[skipped:].partition(b"\n")[0]
    if not line:
        return start, b""
    line += b"\n" if read[skipped + len(line) : skipped + len(line) + 1] else b""
    if not _LINE.fullmatch(line):
        raise Unreadable
    return start, line
