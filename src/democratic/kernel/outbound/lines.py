import http.client
import socket
import ssl
from functools import cache
from typing import Any

from democratic.kernel.outbound.addresses import DEFAULT_PORTS


@cache
def _trust(_where: ssl.DefaultVerifyPaths) -> ssl.SSLContext:
    """The machine's certificates, read once: it takes as long as several errands."""
    return ssl.create_default_context()


class Line(http.client.HTTPConnection):
    """To one address, under the name that was asked: its certificate, SNI and Host say that name."""

    def __init__(self, address: str, port: int, host: str, seconds: float, *, is_closed: bool) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address, self._is_closed = address, is_closed
        self.default_port = DEFAULT_PORTS["https" if is_closed else "http"]
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        self._raw = socket.create_connection((self._address, self.port), self.timeout)
        self.sock: Any = self._raw
        if self._is_closed:
            self.sock = self._raw = _trust(ssl.get_default_verify_paths()).wrap_socket(
                self._raw, server_hostname=self.host
            )

    def cut(self) -> None:
        if self._raw is not None:
            try:
                self._raw.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it was over already
