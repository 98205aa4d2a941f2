"""What the person who typed ``bin/run`` sees: numbered steps, each with what it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

STEPS = 6  # the first, the dependencies, is shown by bin/run itself
BEAT = 5.0  # seconds between two signs of life


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Progress:
    def __init__(self) -> None:
        self._beat_at = 0.0
        self._is_open = False

    @contextmanager
    def step(self, number: int, what: str) -> Iterator[None]:
        began = time.monotonic()
        self._beat_at = began + BEAT
        self._write(f"{number}/{STEPS} {what}…")
        self._is_open = True
        try:
            yield
        except BaseException:
            self._close("")
            raise
        self._close(f" fait ({time.monotonic() - began:.1f} s)".replace(".", ","))

    def beat(self) -> None:
        """Called while waiting: a dot now and then, for whoever wonders."""
        if self._is_open and time.monotonic() > self._beat_at:
            self._beat_at += BEAT
            self._write(" .")

    def tell(self, line: str) -> None:
        self._close("")
        say(line)

    def _close(self, end: str) -> None:
        if self._is_open:
            self._is_open = False
            self._write(end + "\n")

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


class Counting:
    """What a long command has done so far: a line now and then, for whoever wonders."""

    def __init__(self, what: str) -> None:
        self._what, self._next = what, time.monotonic() + BEAT
        self._parts = self._bytes = 0

    def tell(self, part: str, size: int) -> None:
        self._parts, self._bytes = self._parts + 1, self._bytes + size
        if time.monotonic() > self._next:
            self._next = time.monotonic() + BEAT
            say(f"  {self._what} : {self._parts} parties, {self._bytes / 1e6:.0f} Mo ({part})")
