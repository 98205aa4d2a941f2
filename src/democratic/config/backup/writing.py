"""Making an archive while the product runs. The database first, the files after: none that it names is missing."""

import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
from democratic.config.backup.place import base_name
from democratic.config.backup.replay import base_of, first_segment
from democratic.config.backup.sealed import COST, SealedWriter
from democratic.config.places import Places
from democratic.config.version import VERSION

SUFFIX, UNFINISHED = ".backup", ".part"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is backed up, where to, and under which passphrases."""

    place: Places
    url: str
    to: Path
    passphrase: bytes
    secrets_passphrase: bytes
    cost: int = COST
    base_url: str = ""  # the administrator's, for a base


@dataclass
class Made:
    path: Path
    manifest: dict[str, Any] = field(default_factory=dict)

    @property
    def files(self) -> int:
        return int(self.manifest["files"])

    @property
    def missing(self) -> list[str]:
        """Files that the database names and that were not there."""
        return list(self.manifest["missing_files"])


def back_up(wanted: Wanted, tell: Tell) -> Made:
    """Under its own name once it is whole and on the disk; before, it ends in .part."""
    outside = wanted.place.head
    # Read before the snapshot begins, which is then its continuation: nothing signed is missing from it.
    head = outside.read_bytes() if outside.exists() else b""
    with dump.snapshot(wanted.url) as seen:
        about = _about(seen, wanted.base_url)
        made = Made(wanted.to / _name(wanted, about))
        with whole_or_nothing(made.path) as file:
            sealed = SealedWriter(file, wanted.passphrase, cost=wanted.cost)
            made.manifest = _fill(ArchiveWriter(sealed, tell), wanted, seen, about, head)
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
    archive: ArchiveWriter, wanted: Wanted, seen: dump.Snapshot, about: dict[str, Any], head: bytes
) -> dict[str, Any]:
    archive.add_bytes(ABOUT, json.dumps(about).encode())
    archive.add_bytes(SECRETS, _sealed_secrets(wanted))
    if head:
        archive.add_bytes(HEAD, head)
    with base_of(wanted.base_url, seen.server_major) if wanted.base_url else seen.dump() as stream:
        archive.add_stream(DATABASE, stream)
    missing = list(_add_files(archive, wanted.place, seen))
    files = sum(part.name.startswith(FILES) for part in archive.parts)
    tables = dump.count_tables(seen.connection)
    manifest = {
        **about,
        "tables": tables,
        "journal": dump.journal_of(seen.connection),
        "missing_files": missing,
        "files": files,
    }
    archive.finish(manifest)
    return manifest


def _add_files(archive: ArchiveWriter, place: Places, seen: dump.Snapshot) -> Iterator[str]:
    """Those that are missing: one lost file must not keep all the rest from being saved."""
    for sha256, size in dump.files_of(seen.connection):
        path = place.files / sha256[:2] / sha256
        if not path.is_file() or path.stat().st_size != size:
            yield sha256
            continue
        archive.add_file(f"{FILES}{sha256}", path)


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
