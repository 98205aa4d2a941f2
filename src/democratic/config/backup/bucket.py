"""A store of the S3 API, for what nobody waits for: it is patient, gives up in the end, and believes no answer.

Imported only when DEMOCRATIC_S3 names one.
"""

import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from democratic.config.backup.stores import ABSENT, ALTERED, Lacking, StoreFails, copy_hashed
from democratic.config.server.storage import private_storage

PATIENCE = {"connect_timeout": 5, "read_timeout": 20}
LONGEST = 300.0  # seconds for one file of some megabytes
ASKS = 4  # of one question, a little later each time
TRIES = 3  # of a file whose bytes stopped on their way
IN_MEMORY = 16 << 20  # bytes: a file of ours is never larger; one of before may wait on the disk
NOBODY, PROBE = "00/" + "0" * 64, "restauration/essai"
NOT_A_STORE = "sa réponse n'est pas celle d'une réserve S3"


class _Cut(StoreFails):
    """It stopped in the middle of a file."""


@dataclass(frozen=True, slots=True)
class Bucket:
    client: Any
    name: str
    host: str

    @classmethod
    def at(cls, address: str, *, asks: int = ASKS) -> "Bucket":
        """CannotStart: this is not an address."""
        options = private_storage(address, Path())["OPTIONS"]
        client = botocore.session.get_session().create_client(
            "s3",
            region_name=options["region_name"],
            endpoint_url=options["endpoint_url"],
            aws_access_key_id=options["access_key"],
            aws_secret_access_key=options["secret_key"],
            # Checksums of its own, which not all stores know, would add nothing: each file is read back and hashed.
            config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
                retries={"total_max_attempts": asks, "mode": "standard"},
                **PATIENCE,
            ),
        )
        return cls(client, options["bucket_name"], options["endpoint_url"])

    @property
    def called(self) -> str:
        return f"la réserve S3 « {self.name} » ({self.host})"

    def examine(self) -> None:
        """What was never there must be said to be absent: one that answers anything is no store."""
        try:
            self._get(NOBODY)
        except Lacking:
            return
        raise self._fault(NOT_A_STORE)

    def examine_writing(self) -> None:
        """What was put there is there."""
        content = PROBE.encode()
        self._ask(self.client.put_object, Key=PROBE, Body=content)
        try:
            with self._open(PROBE, hashlib.sha256(content).hexdigest(), len(content)):
                self._ask(self.client.delete_object, Key=PROBE)
        except Lacking as lack:
            raise self._fault(NOT_A_STORE) from lack

    def open(self, sha256: str, size: int) -> AbstractContextManager[IO[bytes]]:
        return self._open(_path(sha256), sha256, size)

    @contextmanager
    def _open(self, path: str, sha256: str, size: int) -> Iterator[IO[bytes]]:
        with _aside() as kept:
            self._fetch(path, sha256, size, kept)
            kept.seek(0)
            yield kept

    def put(self, sha256: str, content: IO[bytes]) -> int:
        """What is there already, by its hash, is not sent again."""
        with _aside() as kept:
            digest, size = copy_hashed(content, kept)
            if digest != sha256:
                raise Lacking(ALTERED)
            if not self._has(sha256, size):
                kept.seek(0)
                self._ask(self.client.put_object, Key=_path(sha256), Body=kept, ContentLength=size)
        return size

    def _has(self, sha256: str, size: int) -> bool:
        try:
            with self.open(sha256, size):
                return True
        except Lacking:
            return False

    def _fetch(self, path: str, sha256: str, size: int, kept: IO[bytes]) -> None:
        for tries_left in reversed(range(TRIES)):
            kept.seek(0)
            kept.truncate()
            try:
                digest = self._download(path, size, kept)
            except _Cut:
                if not tries_left:
                    raise
                continue
            if digest != sha256:
                raise Lacking(ALTERED)
            return

    def _download(self, path: str, size: int, kept: IO[bytes]) -> str:
        answer = self._get(path)
        with self._faults(_Cut), closing(answer["Body"]) as body:
            if answer.get("ContentLength") != size:
                raise Lacking(ALTERED)  # before its bytes are read: nobody knows how many would come
            digest, _size = copy_hashed(cast(IO[bytes], _Timed(body)), kept)
            return digest

    def _get(self, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self._ask(self.client.get_object, Key=path)
        return found

    def _ask(self, act: Callable[..., Any], **words: Any) -> Any:
        with self._faults(StoreFails):
            return act(Bucket=self.name, **words)

    @contextmanager
    def _faults(self, kind: type[StoreFails]) -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code == "NoSuchKey":
                raise Lacking(ABSENT) from None
            why = f"{NOT_A_STORE} ({code})" if code.isdecimal() else f"elle répond « {code} »"
            raise self._fault(why, kind) from error
        except BotoCoreError as error:
            raise self._fault(f"elle ne répond pas ({type(error).__name__})", kind) from error
        except (ResponseParserError, ValueError, RecursionError) as error:  # what botocore makes of nonsense
            raise self._fault(NOT_A_STORE, kind) from error

    def _fault(self, why: str, kind: type[StoreFails] = StoreFails) -> StoreFails:
        return kind(f"{self.called} : {why}")


class _Timed:
    """A store that gives a byte now and then is one that does not answer."""

    def __init__(self, body: Any) -> None:
        self._body, self._until = body, time.monotonic() + LONGEST

    def read(self, size: int) -> bytes:
        if time.monotonic() > self._until:
            raise StoreFails(f"un fichier n'est pas venu en {LONGEST:.0f} s")
        content: bytes = self._body.read(size)
        return content


def _aside() -> IO[bytes]:
    return cast(IO[bytes], tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))


def _path(sha256: str) -> str:
    """As the product names it there (``kernel.files``)."""
    return f"{sha256[:2]}/{sha256}"
