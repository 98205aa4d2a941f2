"""``bin/democratic backup``: one encrypted archive of the whole installation, while it runs."""

import os
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from democratic.config.commands.options import Parser
from democratic.config.places import places
from democratic.config.server.database import URL
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import Counting, say


def main(argv: list[str]) -> int:
    parser = Parser(
        "backup", "Sauvegarde tout (base, fichiers, secrets, tête du journal) en une archive chiffrée."
    )
    add_options(parser)
    parser.add_argument(
        "--base",
        action="store_true",
        help="dans DEMOCRATIC_ARCHIVE : la base à laquelle son journal des écrits s'applique",
    )
    asked = parser.parse_args(argv)
    if asked.base:
        _make_base(asked)
    else:
        make(asked)
    return 0


def _make_base(asked: Namespace) -> None:
    from democratic.config.backup.place import forget_old_bases, second_place  # noqa: PLC0415 -- as below
    from democratic.config.server.database import admin_url  # noqa: PLC0415

    archive = second_place()
    if archive is None:
        raise CannotStart("Dites où : DEMOCRATIC_ARCHIVE=/un/autre/disque, comme pour bin/run.")
    asked.to = asked.to or archive.prepare().bases
    make(asked, base_url=admin_url(places()))
    if gone := forget_old_bases(archive):
        say(f"{gone} fichiers qu'aucune des deux dernières bases ne demande sont effacés.")


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DOSSIER", help="où l'écrire (var/backups)")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FICHIER", help="la phrase de passe, 12 signes au moins"
    )
    parser.add_argument(
        "--secrets-passphrase-file", type=Path, metavar="FICHIER", help="une autre, pour les secrets seuls"
    )


def make(asked: Namespace, *, base_url: str = "") -> Path:
    """The archive. CannotStart; OSError."""
    # Loaded here: --help and a wrong option do without the cipher.
    from democratic.config.backup.passphrase import passphrase_from  # noqa: PLC0415
    from democratic.config.backup.writing import Wanted, back_up  # noqa: PLC0415

    passphrase = passphrase_from(asked.passphrase_file, is_new=True)
    apart = asked.secrets_passphrase_file
    secrets = passphrase_from(apart, is_new=True) if apart else passphrase
    place, began = places(), time.monotonic()
    to = asked.to or place.var / "backups"
    wanted = Wanted(place, os.environ[URL], to, passphrase, secrets, base_url=base_url)
    made = back_up(wanted, Counting("sauvegarde").tell)
    tables = made.manifest["tables"]
    say(
        f"✓ {made.path} : {sum(table.rows for table in tables.values())} lignes en {len(tables)} tables,"
        f" {made.files} fichiers, {made.path.stat().st_size / 1e6:.1f} Mo en {time.monotonic() - began:.0f} s."
    )
    _warn(asked, made.missing)
    return made.path


def _warn(asked: Namespace, missing: list[str]) -> None:
    if missing:
        say(f"⚠ {len(missing)} fichiers que la base nomme manquent sur le disque : {', '.join(missing[:3])}…")
    if asked.to is None:
        say("⚠ Elle est sur le même disque que la base : copiez-la ailleurs, ou donnez --to.")
    say("Sans la phrase de passe, personne n'ouvre cette archive, vous non plus : gardez-la ailleurs.")
