"""``bin/democratic backup``: one encrypted archive of the whole installation, while it runs."""

import os
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from democratic.config.backup.made import Made
from democratic.config.places import places
from democratic.config.server.database import URL
from democratic.config.server.errors import CannotStart
from democratic.config.server.parser import Parser
from democratic.config.server.progress import Counting, say

INCOMPLETE = 1  # made, and a file is missing in it: whoever runs it every night is told
MOST_NAMED = 10


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
    made = _make_base(asked) if asked.base else make(asked)
    return INCOMPLETE if made.missing else 0


def _make_base(asked: Namespace) -> Made:
    from democratic.config.backup.place import forget_old_bases, second_place  # noqa: PLC0415 -- as below
    from democratic.config.server.database import admin_url  # noqa: PLC0415

    archive = second_place()
    if archive is None:
        raise CannotStart("Dites où : DEMOCRATIC_ARCHIVE=/un/autre/disque, comme pour bin/run.")
    asked.to = asked.to or archive.prepare().bases
    made = make(asked, base_url=admin_url(places()))
    if gone := forget_old_bases(archive):
        say(f"{gone} fichiers qu'aucune des deux dernières bases ne demande sont effacés.")
    return made


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="DOSSIER", help="où l'écrire (var/backups)")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FICHIER", help="la phrase de passe, 12 signes au moins"
    )
    parser.add_argument(
        "--secrets-passphrase-file", type=Path, metavar="FICHIER", help="une autre, pour les secrets seuls"
    )
    parser.add_argument(
        "--without-files",
        action="store_true",
        help="sans photos ni documents, quand leur réserve ne répond pas",
    )


def make(asked: Namespace, *, base_url: str = "") -> Made:
    """CannotStart; OSError."""
    # Loaded here: --help and a wrong option do without the cipher.
    from democratic.config.backup.chosen import source_of  # noqa: PLC0415
    from democratic.config.backup.passphrase import passphrase_from  # noqa: PLC0415
    from democratic.config.backup.writing import Wanted, back_up  # noqa: PLC0415

    passphrase = passphrase_from(asked.passphrase_file, is_new=True)
    apart = asked.secrets_passphrase_file
    secrets = passphrase_from(apart, is_new=True) if apart else passphrase
    place, began = places(), time.monotonic()
    to = asked.to or place.var / "backups"
    files = None if asked.without_files else source_of(place)
    wanted = Wanted(place, files, os.environ[URL], to, passphrase, secrets, base_url=base_url)
    made = back_up(wanted, Counting("sauvegarde").tell)
    tables = made.manifest["tables"]
    say(
        f"✓ {made.path} : {sum(table.rows for table in tables.values())} lignes en {len(tables)} tables,"
        f" {made.files} fichiers, {made.path.stat().st_size / 1e6:.1f} Mo en {time.monotonic() - began:.0f} s."
    )
    _warn(asked, made.missing, files.called if files else "")
    return made


def _warn(asked: Namespace, missing: dict[str, str], called: str) -> None:
    if asked.without_files:
        say("⚠ Sans les fichiers, comme demandé : gardez-les autrement, ou recommencez sans --without-files.")
    if missing:
        say(f"⚠ {len(missing)} fichiers que des pages montrent n'ont pu être pris dans {called} :")
        for sha256, why in list(missing.items())[:MOST_NAMED]:
            say(f"  {sha256[:2]}/{sha256} : {why}")
        if len(missing) > MOST_NAMED:
            say(f"  … et {len(missing) - MOST_NAMED} autres.")
        say("  Remettez-les là sous ce nom, d'une copie ou d'une sauvegarde d'avant, puis recommencez.")
    if asked.to is None:
        say("⚠ Elle est sur le même disque que la base : copiez-la ailleurs, ou donnez --to.")
    say("Sans la phrase de passe, personne n'ouvre cette archive, vous non plus : gardez-la ailleurs.")
