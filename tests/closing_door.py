"""A door before a server, on a port of its own: closed, nobody answers there, as when the server is stopped."""

import contextlib
import socket
import threading


class Door:
    """``swallows``: what is asked goes in, and the answer is lost on the way back.

    ``most``: a line is cut once so many bytes were answered on it.
    """

    def __init__(self, inside):
        self.inside, self.swallows, self.most = inside, False, None
        self.listener, self.lines, self.threads = None, [], []
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.open()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self._start(self._let_in, self.listener)

    def _start(self, work, *given):
        self.threads.append(threading.Thread(target=work, args=given))
        self.threads[-1].start()

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for line in self.lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        while self.threads:
            self.threads.pop().join()
        while self.lines:
            self.lines.pop().close()

    def _let_in(self, listener):
        with contextlib.suppress(OSError):
            while True:
                outer = listener.accept()[0]
                inner = socket.create_connection(self.inside)
                self.lines += [outer, inner]
                for source, target, is_answer in ((outer, inner, False), (inner, outer, True)):
                    threading.Thread(
                        target=self._carry, args=(source, target, is_answer), daemon=True
                    ).start()

    def _carry(self, source, target, is_answer):
        answered = 0
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                if is_answer and self.swallows:
                    break
                answered += len(part) if is_answer else 0
                if self.most is not None and answered > self.most:
                    break
                target.sendall(part)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
