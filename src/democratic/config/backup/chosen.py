"""Which store this installation has, and what is nearer than it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import IO

from democratic.config.backup.place import second_place
from democratic.config.backup.stores import Folder, Lacking, Source, Store
from democratic.config.places import Places

S3 = "DEMOCRATIC_S3"


@dataclass(frozen=True, slots=True)
class Nearest:
    """What the second place has is not fetched again from the store."""

    near: Folder
    far: Source

    @property
    def called(self) -> str:
        return self.far.called

    def examine(self) -> None:
        """The store may be gone, and the second place have everything: it is known file by file."""

    @contextmanager
    def open(self, sha256: str, size: int) -> Iterator[IO[bytes]]:
        with ExitStack() as stack:
            try:
                content = stack.enter_context(self.near.open(sha256, size))
            except Lacking:
                content = stack.enter_context(self.far.open(sha256, size))
            yield content


def store_of(place: Places, *, is_patient: bool = True) -> Store:
    """CannotStart: DEMOCRATIC_S3 is not an address."""
    if not (address := os.environ.get(S3)):
        return Folder(place.files)
    from democratic.config.backup.bucket import ASKS, Bucket  # noqa: PLC0415 -- a heavy library, for those who use it

    return Bucket.at(address, asks=ASKS if is_patient else 1)


def source_of(place: Places) -> Source:
    store, second = store_of(place), second_place()
    return Nearest(Folder(second.files), store) if second and os.environ.get(S3) else store
