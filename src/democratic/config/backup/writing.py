"""Making an archive while the product runs. The database first, the files after: none that it names is missing.

A file that is lost is told, and all the rest is saved; a store that fails as a whole leaves no archive.
"""

import io
import json
import os
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from democratic.config.backup import dump
from democratic.config.backup.archive import (
    ABOUT,
    BASE,
    DATABASE,
    DUMP,
    FILES,
    FORMAT,
    HEAD,
    SECRETS,
    ArchiveWriter,
    Tell,
)
from democratic.config.backup.made import Made
from democratic.config.backup.place import base_name
from democratic.config.backup.replay import base_of, first_segment
from democratic.config.backup.sealed import COST, SealedWriter
from democratic.config.backup.stores import Lacking, Source, StoreFails
from democratic.config.places import Places
from democratic.config.server.errors import CannotStart
from democratic.config.version import VERSION

SUFFIX, UNFINISHED = ".backup", ".part"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is backed up, where to, and under which passphrases. No source of files: they are left out."""

    place: Places
    files: Source | None
    url: str
    to: Path
    passphrase: bytes
    secrets_passphrase: bytes
    cost: int = COST
    base_url: str = ""  # the administrator's, for a base


def back_up(wanted: Wanted, tell: Tell) -> Made:
    """Under its own name once it is whole and on the disk; before, it ends in .part. CannotStart; OSError."""
    with _whole_store():
        return _back_up(wanted, tell)


@contextmanager
def _whole_store() -> Iterator[None]:
    try:
        yield
    except StoreFails as fault:
        raise CannotStart(
            f"Les fichiers ne sont pas à portée : {fault}. Aucune sauvegarde n'est faite. Recommencez quand elle"
            " répond ; d'ici là, --without-files sauve tout le reste."
        ) from fault


def _back_up(wanted: Wanted, tell: Tell) -> Made:
    if wanted.files:
        wanted.files.examine()  # before the database, which takes longer
    outside = wanted.place.head
    # Read before the snapshot begins, which is then its continuation: nothing signed is missing from it.
    head = outside.read_bytes() if outside.exists() else b""
    dump.forget_words_without_an_age(wanted.url)
    with dump.snapshot(wanted.url) as seen:
        about = _about(seen, wanted.base_url)
        made = Made(wanted.to / _name(wanted, about))
        with whole_or_nothing(made.path) as file:
            sealed = SealedWriter(file, wanted.passphrase, cost=wanted.cost)
            _fill(ArchiveWriter(sealed, tell), wanted, seen, made, about, head)
            sealed.close()
    return made


def _name(wanted: Wanted, about: dict[str, Any]) -> str:
    if wanted.base_url:
        return base_name(about["made_at"], first_segment(wanted.base_url))
    return f"democratic-{about['made_at'].replace(':', '')}{SUFFIX}"


def _about(seen: dump.Snapshot, base_url: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": BASE if base_url else DUMP,
        "version": VERSION,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "server_major": seen.server_major,
        "migrations": dump.migrations_of(seen.connection),
    }


def _fill(
    archive: ArchiveWriter,
    wanted: Wanted,
    seen: dump.Snapshot,
    made: Made,
    about: dict[str, Any],
    head: bytes,
) -> None:
    archive.add_bytes(ABOUT, json.dumps(about).encode())
    archive.add_bytes(SECRETS, _sealed_secrets(wanted))
    if head:
        archive.add_bytes(HEAD, head)
    with base_of(wanted.base_url, seen.server_major) if wanted.base_url else seen.dump() as stream:
        archive.add_stream(DATABASE, stream)
    tables, journal = dump.count_tables(seen.connection), dump.journal_of(seen.connection)
    named = dump.files_of(seen.connection)
    seen.release()
    if wanted.files:
        made.missing = _still_shown(wanted.url, _add_files(archive, wanted.files, named))
    made.manifest = {
        **about,
        "tables": tables,
        "journal": journal,
        "missing_files": list(made.missing) if wanted.files else [sha256 for sha256, _size in named],
        "files": sum(part.name.startswith(FILES) for part in archive.parts),
    }
    archive.finish(made.manifest)


def _add_files(archive: ArchiveWriter, files: Source, named: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Those that are missing: one lost file must not keep all the rest from being saved."""
    missing = {}
    for sha256, size in named:
        try:
            with files.open(sha256, size) as content:
                archive.add_content(f"{FILES}{sha256}", content, size)
        except Lacking as lack:
            missing[sha256] = lack.why
    return missing


def _still_shown(url: str, missing: dict[str, str]) -> dict[str, str]:
    shown = dump.shown_now(url, missing) if missing else set()
    return {sha256: why for sha256, why in missing.items() if sha256 in shown}


def _sealed_secrets(wanted: Wanted) -> bytes:
    """Sealed once more: who may open the database may not be who may sign in its name."""
    inside = io.BytesIO()
    with tarfile.open(fileobj=inside, mode="w") as tar:
        for path in sorted(wanted.place.secrets.glob("*")):
            if path.is_file() and not path.name.endswith(".new"):
                info = tarfile.TarInfo(path.name)
                info.size, info.mode = path.stat().st_size, 0o600
                with path.open("rb") as file:
                    tar.addfile(info, file)
    out = io.BytesIO()
    sealed = SealedWriter(out, wanted.secrets_passphrase, cost=wanted.cost)
    sealed.write(inside.getvalue())
    sealed.close()
    return out.getvalue()


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[IO[bytes]]:
    """Under its own name once it is on the disk, and readable by its owner alone; FileExistsError: it is taken."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(path.name + UNFINISHED)
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(aside)  # refused where a rename would replace: another backup of that very second
        aside.unlink()
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
