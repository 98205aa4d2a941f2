"""``bin/democratic backup``: one encrypted archive of the whole installation, while it runs."""

import os
import time
from argparse import Namespace
from pathlib import Path

from democratic.config.commands.options import Parser
from democratic.config.places import places
from democratic.config.server.database import URL
from democratic.config.server.progress import Counting, say


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    # Loaded here: --help and a wrong option do without the cipher.
    from democratic.config.backup.passphrase import passphrase_from  # noqa: PLC0415
    from democratic.config.backup.writing import Wanted, back_up  # noqa: PLC0415

    passphrase = passphrase_from(asked.passphrase_file, is_new=True)
    apart = asked.secrets_passphrase_file
    secrets = passphrase_from(apart, is_new=True) if apart else passphrase
    place, began = places(), time.monotonic()
    to = asked.to or place.var / "backups"
    made = back_up(Wanted(place, os.environ[URL], to, passphrase, secrets), Counting("sauvegarde").tell)
    rows = sum(table.rows for table in made.manifest["tables"].values())
    say(
        f"✓ {made.path} : {rows} lignes en {len(made.manifest['tables'])} tables, {made.files} fichiers,"
        f" {made.path.stat().st_size / 1e6:.1f} Mo en {time.monotonic() - began:.0f} s."
    )
    _warn(asked, made.missing)
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser(
        "backup", "Sauvegarde tout (base, fichiers, secrets, tête du journal) en une archive chiffrée."
    )
    parser.add_argument("--to", type=Path, metavar="DOSSIER", help="où l'écrire (var/backups)")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FICHIER", help="la phrase de passe, 12 signes au moins"
    )
    parser.add_argument(
        "--secrets-passphrase-file", type=Path, metavar="FICHIER", help="une autre, pour les secrets seuls"
    )
    return parser.parse_args(argv)


def _warn(asked: Namespace, missing: list[str]) -> None:
    if missing:
        say(f"⚠ {len(missing)} fichiers que la base nomme manquent sur le disque : {', '.join(missing[:3])}…")
    if asked.to is None:
        say("⚠ Elle est sur le même disque que la base : copiez-la ailleurs, ou donnez --to.")
    say("Sans la phrase de passe, personne n'ouvre cette archive, vous non plus : gardez-la ailleurs.")
