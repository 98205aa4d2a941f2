"""The archive as a ZIP: its members with the hash of each in the manifest, written and read without holding it."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any

from democratic.config.server.errors import CannotStart

FORMAT = "democratic-authority", 1
MANIFEST, README, SCHEMA = "manifest.json", "README.txt", "schema.json"
DATA, CSV, FILES, JOURNAL = "data/", "csv/", "files/", "journal/"
PROOFS, HEADS, KEY = f"{JOURNAL}proofs.jsonl", f"{JOURNAL}heads.jsonl", f"{JOURNAL}key.json"
PIECE = 1 << 20


class Writer:
    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.hashes: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> int:
        """How many pieces: for lines, how many lines."""
        count, digest = 0, hashlib.sha256()
        with self._zip.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
                count += 1
        self.hashes[name] = digest.hexdigest()
        return count

    def finish(self, manifest: dict[str, Any]) -> None:
        name, version = FORMAT
        said = {"format": name, "format_version": version, **manifest, "sha256": self.hashes}
        self.add(MANIFEST, [json.dumps(said, ensure_ascii=False, indent=1).encode()])
        self._zip.close()


class Reader:
    """CannotStart: not such an archive, or not whole."""

    def __init__(self, source: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
            self.manifest: dict[str, Any] = json.loads(self._zip.read(MANIFEST))
        except (zipfile.BadZipFile, KeyError, ValueError) as fault:
            raise CannotStart("Ce fichier n'est pas l'export d'une collectivité, ou il est coupé.") from fault
        name, version = FORMAT
        if self.manifest.get("format") != name or self.manifest.get("format_version", 0) > version:
            raise CannotStart(
                "Cet export vient d'une version plus récente : mettez d'abord ce programme à jour."
            )
        self._verify()

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            yield from io.BufferedReader(member)  # type: ignore[type-var]

    def read(self, name: str) -> bytes:
        return self._zip.read(name)

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(name)

    def names(self, folder: str) -> list[str]:
        return sorted(name for name in self.manifest["sha256"] if name.startswith(folder))

    def _verify(self) -> None:
        for name, expected in self.manifest["sha256"].items():
            try:
                with self._zip.open(name) as member:
                    found = hashlib.file_digest(member, "sha256").hexdigest()  # type: ignore[arg-type]
            except (KeyError, zipfile.BadZipFile, OSError) as fault:
                raise CannotStart(f"La partie « {name} » manque ou ne se lit pas.") from fault
            if found != expected:
                raise CannotStart(f"La partie « {name} » n'est pas celle que l'inventaire annonce.")
