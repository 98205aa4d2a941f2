"""Where files are, for what saves them and puts them back: a folder, or (``bucket``) a store of the S3 API.

What is handed over is the file that its name says: the hash is that of the very bytes handed over.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

ABSENT, ALTERED = "absent", "ce n'est plus le même contenu"
PIECE = 1 << 16


class Lacking(Exception):
    """One file: it is not there, or what is there under its name is something else."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class StoreFails(OSError):
    """The whole store: it does not answer, refuses, or answers as no such store does. The message says which."""


class Source(Protocol):
    @property
    def called(self) -> str: ...

    def examine(self) -> None:
        """StoreFails: it is of no use to begin."""

    def open(self, sha256: str, size: int) -> AbstractContextManager[IO[bytes]]:
        """Lacking; StoreFails."""


class Store(Source, Protocol):
    def examine_writing(self) -> None:
        """StoreFails."""

    def put(self, sha256: str, content: IO[bytes]) -> int:
        """Its size, once it is kept. Lacking: this content is not that of the name. StoreFails."""


@dataclass(frozen=True, slots=True)
class Folder:
    folder: Path

    @property
    def called(self) -> str:
        return str(self.folder)

    def examine(self) -> None:
        """An empty installation has no such folder yet."""

    def examine_writing(self) -> None:
        """What is made anew can be written to."""

    @contextmanager
    def open(self, sha256: str, size: int) -> Iterator[IO[bytes]]:
        try:
            file = self._path(sha256).open("rb")
        except FileNotFoundError:
            raise Lacking(ABSENT) from None
        with file:
            if os.fstat(file.fileno()).st_size != size:
                raise Lacking(ALTERED)
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                raise Lacking(ALTERED)
            file.seek(0)
            yield file

    def put(self, sha256: str, content: IO[bytes]) -> int:
        path = self._path(sha256)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            digest, size = copy_hashed(content, file)
            file.flush()
            os.fsync(file.fileno())
        if digest != sha256:
            path.unlink()
            raise Lacking(ALTERED)
        return size

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def copy_hashed(source: IO[bytes], target: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        target.write(piece)
        size += len(piece)
    return digest.hexdigest(), size
