"""What an archive holds, put back into an empty installation: secrets, head, database, files, then compared."""

import io
import os
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from democratic.config.backup import dump
from democratic.config.backup.archive import DATABASE, FILES, HEAD, SECRETS, Archive, Tell
from democratic.config.backup.sealed import NotSealed, SealBroken, SealedReader, WrongPassphrase
from democratic.config.backup.stores import Lacking, Store
from democratic.config.backup.tools import find_tool, input_of
from democratic.config.places import Places
from democratic.config.secrets import NAME
from democratic.config.server.checks import CONNECT_TIMEOUT
from democratic.config.server.errors import CannotStart
from democratic.config.server.known import unknown_migrations

PIECE = 1 << 20
SHA256 = re.compile(r"[0-9a-f]{64}")
AS_OURS = (
    "--clean",
    "--if-exists",
    "--no-owner",
    "--no-privileges",
    "--exit-on-error",
    "--single-transaction",
)


def refuse_unless_empty(place: Places) -> None:
    held = [
        place.secrets,
        place.files,
        place.head,
        place.erasures,
        place.var / "pg",
        place.var / "pg.location",
    ]
    found = [path for path in held if path.is_file() or (path.is_dir() and any(path.iterdir()))]
    if found:
        raise CannotStart(
            f"{place.var} n'est pas vide ({found[0].name}) : une sauvegarde se restaure dans un dossier neuf."
            " Rien n'a changé."
        )


def refuse_filled_database(url: str) -> None:
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        tables = dump.table_names(connection)
    if tables:
        raise CannotStart(f"Cette base a déjà {len(tables)} tables : donnez-en une vide. Rien n'a changé.")


def refuse_newer(about: dict[str, Any]) -> None:
    """Its tables are told by its migrations: one that we do not have means a program that came after ours."""
    if unknown := unknown_migrations(about["migrations"]):
        raise CannotStart(
            f"Cette sauvegarde vient d'une version plus récente ({about['version']}, {unknown[0]}) :"
            " mettez d'abord ce programme à jour. Rien n'a changé."
        )


def open_secrets(archive: Archive, passphrase: bytes) -> dict[str, bytes]:
    for name, content in archive.walk():
        if name == SECRETS:
            return dict(_secrets(io.BytesIO(content.read()), passphrase))
    raise CannotStart(f"{archive.path} ne contient pas de secrets.")


def _secrets(sealed: IO[bytes], passphrase: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        inside = io.BytesIO(SealedReader(sealed, passphrase).read())
    except WrongPassphrase:
        raise CannotStart(
            "Les secrets ont une autre phrase de passe : --secrets-passphrase-file FICHIER."
        ) from None
    except (NotSealed, SealBroken):
        raise CannotStart("La partie « secrets.sealed » est altérée. Rien n'a été restauré.") from None
    with tarfile.open(fileobj=inside) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content and NAME.fullmatch(member.name.removesuffix(".previous")):
                yield member.name, content.read()


def put_secrets(place: Places, secrets: dict[str, bytes]) -> None:
    place.secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in secrets.items():
        _put(place.secrets / name, io.BytesIO(content))


@dataclass
class Filling:
    """One pass over the archive: the database and head into ``place``, files into ``files``."""

    archive: Archive
    place: Places
    files: Store
    server_major: int
    tell: Tell
    _wanted: set[str] = field(default_factory=set)

    def fill(self, url: str) -> None:
        for is_database, parts in groupby(self.archive.walk(), key=lambda part: part[0].startswith(DATABASE)):
            if is_database:
                self._fill_database(url, (content for _name, content in parts))
                self._wanted = _named_in(url)
            else:
                for name, content in parts:
                    self._put_one(name, content)

    def fill_beside(self, url: str) -> None:
        """For a base, whose database was put back by itself, and may have been told since to erase some files."""
        self._wanted = _named_in(url)
        for name, content in self.archive.walk():
            self._put_one(name, content)

    def _fill_database(self, url: str, parts: Iterable[IO[bytes]]) -> None:
        program = find_tool("pg_restore", server_major=self.server_major)
        # A demonstration that was purged has a public schema of its own: its dump makes it again.
        base = conninfo_to_dict(url)["dbname"]
        with input_of(program, *AS_OURS, f"--dbname={base}", url=url) as database:
            for number, part in enumerate(parts):
                self.tell(f"{DATABASE}{number:06}", _copy(part, database))

    def _put_one(self, name: str, content: IO[bytes]) -> None:
        if name == HEAD:
            _put(self.place.head, content)
        elif name.startswith(FILES) and (sha256 := name.removeprefix(FILES)) in self._wanted:
            # Damaged before it was saved: ``settling`` names it, with what else is missing.
            with suppress(Lacking):
                self.tell(name, self.files.put(sha256, content))
                self._wanted.discard(sha256)

    def add_files(self, folder: Path) -> None:
        """Those that came after the base, each by the hash of its content."""
        for path in folder.glob("??/*"):
            if path.name in self._wanted:
                with path.open("rb") as content:
                    self._put_one(f"{FILES}{path.name}", content)


def _named_in(url: str) -> set[str]:
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        return {sha256 for sha256, _size in dump.files_of(connection) if SHA256.fullmatch(sha256)}


def compare(url: str, manifest: dict[str, Any]) -> None:
    """CannotStart: a table is not the one that was saved."""
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        found = dump.count_tables(connection)
    promised = {name: dump.Table(*table) for name, table in manifest["tables"].items()}
    for name in sorted({*found, *promised}):
        here, there = found.get(name), promised.get(name)
        if here != there:
            raise CannotStart(
                f"La table {name} n'est pas celle de la sauvegarde ({_rows(here)}, {_rows(there)} annoncées)."
            )


def _rows(table: dump.Table | None) -> str:
    return f"{table.rows} lignes" if table else "absente"


def _put(path: Path, content: IO[bytes]) -> int:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        size = _copy(content, file)
        file.flush()
        os.fsync(file.fileno())
    return size


def _copy(source: IO[bytes], target: IO[bytes]) -> int:
    size = 0
    while piece := source.read(PIECE):
        target.write(piece)
        size += len(piece)
    return size
