"""The acts of ``export-authority`` and ``import-authority``, once Django is ready."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from django.conf import settings

from civics.ledger.heads import PublicKey
from democratic.config.backup.passphrase import passphrase_from
from democratic.config.backup.sealed import (
    MAGIC,
    NotSealed,
    SealBroken,
    SealedReader,
    SealedWriter,
    WrongPassphrase,
)
from democratic.config.backup.writing import whole_or_nothing
from democratic.config.commands.published import read_key
from democratic.config.commands.which_authority import authority_named
from democratic.config.portable.container import KEY, Reader
from democratic.config.portable.reading import import_authority
from democratic.config.portable.told import what_stays, what_to_do_there
from democratic.config.portable.writing import export_authority
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import Counting, say
from democratic.kernel.clock import DATABASE_CLOCK


def export(slug: str, to: Path, *, with_private: bool, passphrase_file: Path | None) -> None:
    authority = authority_named(slug)
    passphrase = passphrase_from(passphrase_file, is_new=True) if with_private else b""
    tell = Counting("export").tell
    with whole_or_nothing(to.resolve()) as file, _sealed(file, passphrase) as target:
        manifest = export_authority(authority, target, with_private=with_private, tell=tell)
    rows = manifest["rows"]
    say(
        f"✓ {to} : {sum(rows.values())} lignes en {len(rows)} tables, {manifest['files']} fichiers,"
        f" {manifest['proved_entries']} faits prouvés sur {rows['thread.entry']}."
    )
    if manifest["missing_files"]:
        say(f"⚠ {len(manifest['missing_files'])} fichiers manquent sur le disque.")
    say(
        "Chiffré, avec les données des personnes."
        if with_private
        else "Sans donnée privée : il peut être publié."
    )
    for line in what_stays(authority, with_private=with_private):
        say(line)


@contextmanager
def _sealed(file: IO[bytes], passphrase: bytes) -> Iterator[IO[bytes]]:
    if not passphrase:
        yield file
        return
    sealed = SealedWriter(file, passphrase)
    yield cast(IO[bytes], sealed)
    sealed.close()


def bring(path: Path, *, expected_key: str | None, passphrase_file: Path | None) -> None:
    tell = Counting("reprise").tell
    with path.open("rb") as file, _opened(file, passphrase_file) as source:
        reader = Reader(source)
        authority = import_authority(reader, key=_key(reader, expected_key), clock=DATABASE_CLOCK, tell=tell)
    rows = reader.manifest["rows"]
    say(
        f"✓ {authority.name} est reprise : {sum(rows.values())} lignes, comme annoncé, et {rows['thread.entry']} faits,"
        f" dont {reader.manifest['proved_entries']} prouvés sous la tête de l'ancien journal."
    )
    if not reader.manifest["with_private"]:
        say("Sans donnée privée : nommez les responsables des services, et rendez les rôles (bureau).")
    say("Les clés de retrait données là-bas n'ouvrent rien ici : elles dépendaient de ses secrets.")
    for line in what_to_do_there(authority, reader.manifest):
        say(line)


def _key(reader: Reader, expected: str | None) -> PublicKey | None:
    if reader.manifest["journal"] is None:
        return None
    try:
        key = read_key(reader.open(KEY))
    except ValueError as refusal:
        raise CannotStart(f"La clé de cet export ne se lit pas : {refusal}") from refusal
    if expected and key.public_bytes_raw().hex() != expected.lower():
        raise CannotStart("Ce n'est pas la clé attendue : cet export ne vient pas de ce journal.")
    return key


@contextmanager
def _opened(file: IO[bytes], passphrase_file: Path | None) -> Iterator[IO[bytes]]:
    is_sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if not is_sealed:
        yield file
        return
    try:
        sealed = SealedReader(file, passphrase_from(passphrase_file, is_new=False))
        # A ZIP is read from its end: opened here, in a file without a name, which goes with this program.
        with tempfile.TemporaryFile(dir=settings.VAR) as clear:
            shutil.copyfileobj(cast(IO[bytes], sealed), clear, 1 << 20)
            clear.seek(0)
            yield clear
    except WrongPassphrase:
        raise CannotStart("Ce n'est pas la phrase de passe de cet export.") from None
    except (NotSealed, SealBroken):
        raise CannotStart(f"{file.name} est coupé ou altéré. Rien n'a été repris.") from None
