"""A server that gives one answer to every question, whatever was asked: what stands where a store should be."""

import threading
from contextlib import contextmanager, suppress
from socket import create_connection, create_server

from object_store import BUCKET, KEY, SECRET

NO_STORE = (
    b"what is this\r\n\r\n",
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nNot found",
    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>",
    b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nLast-Modified: soon\r\n\r\n<html>",
    b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n<html>",
    b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
)


@contextmanager
def lying_store(answer: bytes):
    """Its address, as DEMOCRATIC_S3 takes it. It hangs up after each answer."""
    over = threading.Event()
    with create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]

        def serve() -> None:
            while not over.is_set():
                line, _address = listening.accept()
                with line, suppress(OSError):
                    line.recv(1 << 16)
                    line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://{KEY}:{SECRET}@127.0.0.1:{port}/{BUCKET}"
        finally:
            over.set()
            with suppress(OSError), create_connection(("127.0.0.1", port), 1):
                pass  # wakes the listener up
            thread.join()
