"""``bin/democratic restore ARCHIVE``: an installation again, in an empty folder and an empty database."""

import os
import time
from argparse import Namespace
from pathlib import Path

from democratic.config.commands.options import Parser
from democratic.config.places import places
from democratic.config.server.database import database_for
from democratic.config.server.errors import CannotStart
from democratic.config.server.progress import Counting, say
from democratic.config.server.unfinished import RESTORE, restoring


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    if asked.into:
        os.environ["DEMOCRATIC_VAR"] = str(asked.into.resolve())
    # Loaded here: --help and a wrong option do without the cipher and psycopg.
    from democratic.config.backup import reading  # noqa: PLC0415
    from democratic.config.backup.archive import Archive  # noqa: PLC0415
    from democratic.config.backup.passphrase import passphrase_from  # noqa: PLC0415

    place, began = places(), time.monotonic()
    reading.refuse_unless_empty(place)
    archive = Archive(asked.archive, passphrase_from(asked.passphrase_file, is_new=False))
    about = archive.about()
    reading.refuse_newer(about)
    apart = asked.secrets_passphrase_file
    secrets = reading.open_secrets(
        archive, passphrase_from(apart, is_new=False) if apart else archive.passphrase
    )
    manifest = archive.verify(Counting("vérification").tell)
    say(
        f"Sauvegarde du {about['made_at']} (version {about['version']}) : entière, {len(manifest['parts'])} parties."
    )
    with restoring(place.prepare()):
        reading.put_secrets(place, secrets)
        with database_for(RESTORE) as url:
            reading.refuse_filled_database(url)
            reading.Filling(archive, place, url, about["server_major"], Counting("restauration").tell).fill()
            reading.compare(url, manifest)
            say("Tables : chacune a les lignes et l'empreinte que la sauvegarde annonce.")
            from democratic.config.commands.settling import settle  # noqa: PLC0415 -- needs the secrets in place

            settle(place, heads=[asked.head] if asked.head else [], registers=asked.erasures)
    say(f"✓ {place.var} est restauré en {time.monotonic() - began:.0f} s. Démarrez : bin/run --no-demo")
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("restore", "Restaure une sauvegarde dans une installation vide, et la vérifie.")
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    parser.add_argument("--into", type=Path, metavar="VAR", help="le dossier de l'installation (var)")
    parser.add_argument("--passphrase-file", type=Path, metavar="FICHIER")
    parser.add_argument("--secrets-passphrase-file", type=Path, metavar="FICHIER", help="si elle diffère")
    parser.add_argument(
        "--erasures", type=Path, action="append", default=[], metavar="FICHIER",
        help="le registre d'effacements de l'installation perdue (var/erasures.jsonl)",
    )  # fmt: skip
    parser.add_argument(
        "--head", type=Path, metavar="FICHIER", help="sa dernière tête signée (var/head.json)"
    )
    asked = parser.parse_args(argv)
    for path in (asked.archive, *asked.erasures, *([asked.head] if asked.head else [])):
        if not path.is_file():
            raise CannotStart(f"{path} n'existe pas.")
    return asked
