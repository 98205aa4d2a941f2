"""Whole anonymous answers, kept in this process under the version of their scope."""

import gzip
from collections import OrderedDict
from dataclasses import dataclass
from uuid import UUID

Headers = list[tuple[bytes, bytes]]
SMALLEST_WORTH_COMPRESSING = 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """``mark`` is "version:quarter", as it was read before the page was made."""

    scope: UUID
    mark: str
    headers: Headers
    body: bytes
    compressed: bytes

    @classmethod
    def made_from(cls, stamp: str, headers: Headers, body: bytes) -> "Answer":
        scope, _, mark = stamp.partition(":")
        compressed = gzip.compress(body, 6) if len(body) >= SMALLEST_WORTH_COMPRESSING else b""
        return cls(UUID(scope), mark, headers, body, compressed)

    def is_known_to(self, etags: bytes) -> bool:
        """Whether who asks says that it has this very answer (``If-None-Match``)."""
        etag = next((value for name, value in self.headers if name == b"etag"), b"")
        return bool(etag) and etag in [each.strip() for each in etags.split(b",")]

    def serve(self, *, accepts_gzip: bool, is_head: bool) -> tuple[Headers, bytes]:
        shown, extra = self.body, [(b"vary", b"Accept-Encoding")]
        if accepts_gzip and self.compressed:
            shown = self.compressed
            extra.append((b"content-encoding", b"gzip"))
        headers = [*self.headers, *extra, (b"content-length", str(len(shown)).encode())]
        return headers, b"" if is_head else shown


class Shelf:
    """The most recently asked answers, bounded in bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._answers: OrderedDict[tuple[bytes, ...], Answer] = OrderedDict()
        self._most, self._bytes = most_bytes, 0

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: tuple[bytes, ...]) -> Answer | None:
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        return answer

    def put(self, key: tuple[bytes, ...], answer: Answer) -> None:
        self.drop(key)
        self._answers[key] = answer
        self._bytes += _weight(answer)
        while self._bytes > self._most:
            _oldest, dropped = self._answers.popitem(last=False)
            self._bytes -= _weight(dropped)

    def drop(self, key: tuple[bytes, ...]) -> None:
        dropped = self._answers.pop(key, None)
        if dropped is not None:
            self._bytes -= _weight(dropped)


def _weight(answer: Answer) -> int:
    return len(answer.body) + len(answer.compressed) + 1024
