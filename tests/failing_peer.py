"""A peer that fails as real ones do: it hangs up, it keeps silent, or it answers after a while."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

RESET = struct.pack("ii", 1, 0)  # SO_LINGER: closed with RST, whatever was sent


@contextlib.contextmanager
def failing_peer(how: str, *, answer: bytes = b"", after: float = 0.0) -> Iterator[int]:
    """Its port. ``how``: "down" (nobody listens), "resets", or "slow" (``answer`` comes ``after`` seconds)."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if how == "down":
        listener.close()
        yield port
        return
    over = threading.Event()
    thread = threading.Thread(target=_serve, args=(listener, how, answer, after, over))
    thread.start()
    try:
        yield port
    finally:
        over.set()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            pass  # wakes the listener up
        thread.join()
        listener.close()


def _serve(listener: socket.socket, how: str, answer: bytes, after: float, over: threading.Event) -> None:
    kept = []
    while not over.is_set():
        line, _address = listener.accept()
        if how == "resets":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            line.close()
            continue
        over.wait(after)
        with contextlib.suppress(OSError):
            line.sendall(answer)
        kept.append(line)
    for line in kept:
        line.close()
