"""Who takes nothing of what she is sent is cut by the kernel, which alone knows it.

An event is so small that what stands between us and her holds hundreds of them before our own sending waits.
"""

import contextlib
import os
import socket
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

UNTAKEN = 60.0  # seconds that something sent may wait until it is taken: a phone comes out of a tunnel
_OPEN = Path("/proc/self/fd")


@cache
def cut_who_takes_nothing(port: int) -> None:
    """Of this process, at this port: those who are here, and all who come (who is accepted inherits it)."""
    for each in _sockets_at(port):
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(UNTAKEN * 1000))


def _sockets_at(port: int) -> Iterator[socket.socket]:
    """The server opens them, and gives them to nobody: they are found among what the process holds."""
    for number in sorted(int(each.name) for each in _OPEN.iterdir()):
        with contextlib.suppress(OSError):  # closed meanwhile
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with socket.socket(fileno=os.dup(number)) as one:
                if one.family in (socket.AF_INET, socket.AF_INET6) and one.getsockname()[1] == port:
                    yield one
