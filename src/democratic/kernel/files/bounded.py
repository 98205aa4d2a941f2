"""A program of its own for what someone sent: by its path, with no environment, no disk, and only so long."""

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """``code``: its exit code; negative, the signal that ended it. What it said: a first line, then bytes."""

    code: int
    head: bytes
    body: bytes


def run_bounded(program: str, words: list[str], content: bytes, *, longest: float) -> Ended:
    """Run it on this content, for so many seconds at most. Its other limits are its own."""
    with _memory_file(content) as source, _memory_file() as target:
        code = _run(program, words, source, target, longest)
        os.lseek(target, 0, os.SEEK_SET)
        with closing(os.fdopen(os.dup(target), "rb")) as answer:
            return Ended(code, answer.readline(), answer.read())


def cut_parts(body: bytes, sizes: list[int]) -> list[bytes]:
    parts, at = [], 0
    for size in sizes:
        parts.append(body[at : at + size])
        at += size
    return parts


@contextmanager
def _memory_file(content: bytes = b"") -> Iterator[int]:
    """A file of no folder: what was sent never touches a disk before it is clean."""
    fd = os.memfd_create("upload")
    try:
        with closing(os.fdopen(os.dup(fd), "wb")) as handle:
            handle.write(content)
        os.lseek(fd, 0, os.SEEK_SET)
        yield fd
    finally:
        os.close(fd)


def _run(program: str, words: list[str], source: int, target: int, longest: float) -> int:
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-I", "-B", program, *words],
        {},
        file_actions=[
            (os.POSIX_SPAWN_DUP2, source, 0),
            (os.POSIX_SPAWN_DUP2, target, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    watch = os.pidfd_open(pid)
    try:
        ended, _out, _failed = select.select([watch], [], [], longest)
        if not ended:
            os.kill(pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    finally:
        os.close(watch)
