"""The parts of an archive: a tar stream inside the seal, its manifest last, with the hash of every part."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from democratic.config.backup.sealed import NotSealed, SealBroken, SealedReader, SealedWriter, WrongPassphrase
from democratic.config.server.errors import CannotStart

FORMAT = 1
ABOUT, MANIFEST, SECRETS, HEAD = "about.json", "manifest.json", "secrets.sealed", "head.json"
DATABASE, FILES = "database/", "files/"
DUMP, BASE = "dump", "base"  # the database as rows, or as the files of its whole cluster
PART = 8 << 20  # bytes: a stream whose length nobody knows yet goes in by parts
LARGEST_DOCUMENT = 256 << 20

Tell = Callable[[str, int], None]
"""Told the part and how many bytes it has."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    size: int
    sha256: str


class ArchiveWriter:
    def __init__(self, sealed: SealedWriter, tell: Tell) -> None:
        self._tar = tarfile.open(fileobj=cast(IO[bytes], sealed), mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 -- closed by finish
        self._tell = tell
        self.parts: list[Part] = []

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add_content(name, io.BytesIO(content), len(content))

    def add_content(self, name: str, content: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashed(content)
        self._tar.addfile(info, cast(IO[bytes], hashed))
        self.parts.append(Part(name, size, hashed.digest.hexdigest()))
        self._tell(name, size)

    def add_stream(self, folder: str, stream: IO[bytes]) -> None:
        number = 0
        while content := _full_read(stream, PART):
            self.add_bytes(f"{folder}{number:06}", content)
            number += 1

    def finish(self, manifest: dict[str, Any]) -> None:
        listed = [[part.name, part.size, part.sha256] for part in self.parts]
        self.add_bytes(MANIFEST, json.dumps({**manifest, "parts": listed}).encode())
        self._tar.close()


class _Hashed:
    """Hashed as it is read, so that no part is read twice."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(size)
        self.digest.update(content)
        return content


def _full_read(stream: IO[bytes], size: int) -> bytes:
    """A pipe gives what it has; only its end is short."""
    got = bytearray()
    while len(got) < size and (more := stream.read(size - len(got))):
        got += more
    return bytes(got)


@dataclass(frozen=True, slots=True)
class Archive:
    """CannotStart, whose line says why, from each of its readers."""

    path: Path
    passphrase: bytes

    def about(self) -> dict[str, Any]:
        for name, content in self.walk():
            if name == ABOUT:
                return _document(content)
            break
        raise CannotStart(f"{self.path} n'est pas une sauvegarde de démocraTIC.")

    def verify(self, tell: Tell) -> dict[str, Any]:
        """The manifest, once every part is known to be the one that was sealed."""
        found: list[Part] = []
        for name, content in self.walk():
            if name == MANIFEST:
                return self._checked(_document(content), found)
            part = _measure(name, content)
            found.append(part)
            tell(name, part.size)
        raise CannotStart(f"{self.path} est coupée : son inventaire manque. Rien n'a été restauré.")

    def _checked(self, manifest: dict[str, Any], found: list[Part]) -> dict[str, Any]:
        promised = [Part(*each) for each in manifest["parts"]]
        for here, there in zip(found, promised, strict=False):
            if here != there:
                raise CannotStart(f"La partie « {here.name} » n'est pas celle que l'inventaire annonce.")
        if len(found) != len(promised):
            raise CannotStart(f"{self.path} a {len(found)} parties, l'inventaire en annonce {len(promised)}.")
        return manifest

    def walk(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Each part once, in order; a part is read before the next is asked for."""
        at = "début"
        with self.path.open("rb") as file, self._refusals(lambda: at):
            reader = SealedReader(file, self.passphrase)
            with tarfile.open(fileobj=cast(IO[bytes], reader), mode="r|") as tar:
                for member in tar:
                    at = member.name
                    if content := tar.extractfile(member):
                        yield member.name, content

    @contextmanager
    def _refusals(self, at: Callable[[], str]) -> Iterator[None]:
        try:
            yield
        except NotSealed:
            raise CannotStart(f"{self.path} n'est pas une sauvegarde de démocraTIC.") from None
        except WrongPassphrase:
            raise CannotStart("Ce n'est pas la phrase de passe de cette sauvegarde.") from None
        except SealBroken as broken:
            what = "coupée ou altérée" if broken.is_at_end else "altérée"
            raise CannotStart(
                f"{self.path} est {what} après la partie « {at()} » (morceau {broken.piece + 1}) : rien n'en est repris."
            ) from None
        except tarfile.TarError:
            raise CannotStart(f"{self.path} est illisible après la partie « {at()} ».") from None


def _measure(name: str, content: IO[bytes]) -> Part:
    digest, size = hashlib.sha256(), 0
    while piece := content.read(1 << 20):
        digest.update(piece)
        size += len(piece)
    return Part(name, size, digest.hexdigest())


def _document(content: IO[bytes]) -> dict[str, Any]:
    found = json.loads(content.read(LARGEST_DOCUMENT))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise CannotStart(
            "Cette sauvegarde vient d'une version plus récente de démocraTIC : mettez d'abord celle-ci à jour."
        )
    return found
