"""A server that says exactly these bytes to each request, on this machine: what it says may never end."""

import contextlib
import socket
import ssl
import threading


@contextlib.contextmanager
def peer(answer, *, pause=0.0, secure=None):
    """Gives its port and what it was asked. ``answer``: parts, maybe endless; or what gives them for a request."""
    listener = socket.create_server(("127.0.0.1", 0))
    over, asked = threading.Event(), []

    def serve():
        listener.settimeout(0.05)
        while not over.is_set():
            with contextlib.suppress(OSError, ssl.SSLError):
                line = listener.accept()[0]
                line.settimeout(2)
                with secure.wrap_socket(line, server_side=True) if secure else line as line:
                    asked.append(line.recv(65536).decode())
                    for part in answer(asked[-1]) if callable(answer) else answer:
                        line.sendall(part)
                        if over.wait(pause):
                            return

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        over.set()
        thread.join()
        listener.close()
