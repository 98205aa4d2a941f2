"""A line between two programs that keeps what was said on it, in one way: what one asks of the other."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Wiretap:
    def __init__(self, to: int) -> None:
        self.to, self.said = to, bytearray()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._lines: list[socket.socket] = []
        self._begin(self._accept)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for line in (self._listener, *self._lines):
            line.close()

    def _begin(self, work, *subjects) -> None:
        self._threads.append(threading.Thread(target=work, args=subjects))
        self._threads[-1].start()

    def _accept(self) -> None:
        while True:
            try:
                asks, _address = self._listener.accept()
            except OSError:
                return
            answers = socket.create_connection(("127.0.0.1", self.to))
            self._lines += [asks, answers]
            self._begin(self._pass_on, asks, answers, self.said)
            self._begin(self._pass_on, answers, asks, bytearray())

    def _pass_on(self, one: socket.socket, other: socket.socket, kept: bytearray) -> None:
        with contextlib.suppress(OSError):
            while chunk := one.recv(65536):
                kept += chunk
                other.sendall(chunk)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def wiretap(to: int) -> Iterator[Wiretap]:
    """``to``: the port of who is really asked."""
    made = Wiretap(to)
    try:
        yield made
    finally:
        made.close()
