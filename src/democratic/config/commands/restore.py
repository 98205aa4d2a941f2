"""``bin/democratic restore ARCHIVE``: an installation again, in an empty folder and an empty database."""

import os
import time
from argparse import Namespace
from pathlib import Path

from democratic.config.backup.archive import BASE, Archive
from democratic.config.backup.chosen import store_of
from democratic.config.backup.passphrase import passphrase_from
from democratic.config.backup.place import SecondPlace
from democratic.config.backup.reading import (
    Filling,
    compare,
    open_secrets,
    put_secrets,
    refuse_filled_database,
    refuse_newer,
    refuse_unless_empty,
)
from democratic.config.backup.replay import Replay
from democratic.config.backup.stores import Store, StoreFails
from democratic.config.places import Places, places
from democratic.config.server.database import URL, database_for
from democratic.config.server.errors import CannotStart
from democratic.config.server.parser import Parser
from democratic.config.server.progress import Counting, say
from democratic.config.server.unfinished import RESTORE, restoring


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    if asked.into:
        os.environ["DEMOCRATIC_VAR"] = str(asked.into.resolve())
    place, began = places(), time.monotonic()
    refuse_unless_empty(place)
    files = store_of(place)
    try:
        files.examine_writing()  # before anything is restored
        _restore(asked, place, files)
    except StoreFails as fault:
        raise CannotStart(
            f"Les fichiers ne peuvent être remis : {fault}. Voyez DEMOCRATIC_S3, et recommencez."
        ) from fault
    say(f"✓ {place.var} est restauré en {time.monotonic() - began:.0f} s. Démarrez : bin/run --no-demo")
    return 0


def _restore(asked: Namespace, place: Places, files: Store) -> None:
    archive = Archive(asked.archive, passphrase_from(asked.passphrase_file, is_new=False))
    about = archive.about()
    refuse_newer(about)
    _refuse_what_does_not_fit(asked, is_base=about["kind"] == BASE)
    apart = asked.secrets_passphrase_file
    secrets = open_secrets(archive, passphrase_from(apart, is_new=False) if apart else archive.passphrase)
    manifest = archive.verify(Counting("vérification").tell)
    say(
        f"Sauvegarde du {about['made_at']} (version {about['version']}) : entière, {len(manifest['parts'])} parties."
    )
    say(f"Les fichiers iront dans {files.called}.")
    filling = Filling(archive, place, files, about["server_major"], Counting("restauration").tell)
    with restoring(place.prepare()):
        put_secrets(place, secrets)
        if about["kind"] == BASE:
            _replay(asked, filling)
        with database_for(RESTORE) as url:
            if about["kind"] == BASE:
                _fill_beside(asked, filling, url)
            else:
                refuse_filled_database(url)
                filling.fill(url)
                compare(url, manifest)
                say("Tables : chacune a les lignes et l'empreinte que la sauvegarde annonce.")
            _settle(asked, place, files)


def _refuse_what_does_not_fit(asked: Namespace, *, is_base: bool) -> None:
    if is_base and os.environ.get(URL):
        raise CannotStart(
            "Une base se restaure dans la base que bin/run tient lui-même : retirez DATABASE_URL."
        )
    if not is_base and (asked.second_place or asked.until):
        raise CannotStart(
            "--second-place et --until vont avec une base (backup --base), pas avec cette sauvegarde."
        )


def _replay(asked: Namespace, filling: Filling) -> None:
    second = SecondPlace(asked.second_place.resolve()) if asked.second_place else None
    Replay(filling.archive, filling.place, second, asked.until).go(time.sleep)
    if second:
        asked.head += [second.head]
        asked.erasures += [second.erasures] if second.erasures.exists() else []
    say(
        f"Base : le journal des écrits est rejoué {f'jusqu’à {asked.until}' if asked.until else 'jusqu’à son bout'}."
    )


def _fill_beside(asked: Namespace, filling: Filling, url: str) -> None:
    """Files after their rows: those that the replayed log has erased since the base stay where they are."""
    filling.fill_beside(url)
    if asked.second_place:
        filling.add_files(SecondPlace(asked.second_place.resolve()).files)


def _settle(asked: Namespace, place: Places, files: Store) -> None:
    if asked.as_saved:
        say(
            "Telle quelle : les tables restent celles de sa version, et ce qui a été effacé depuis est revenu."
        )
        return
    from democratic.config.commands.settling import settle  # noqa: PLC0415 -- needs the secrets in place

    settle(place, files, heads=asked.head, registers=asked.erasures)


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("restore", "Restaure une sauvegarde dans une installation vide, et la vérifie.")
    add = parser.add_argument
    add("archive", type=Path, metavar="ARCHIVE")
    add("--into", type=Path, metavar="VAR", help="le dossier de l'installation (var)")
    add("--passphrase-file", type=Path, metavar="FICHIER")
    add("--secrets-passphrase-file", type=Path, metavar="FICHIER", help="si elle diffère")
    add("--erasures", type=Path, action="append", default=[], metavar="FICHIER",
        help="le registre d'effacements de l'installation perdue (var/erasures.jsonl)")  # fmt: skip
    add("--head", type=Path, action="append", default=[], metavar="FICHIER",
        help="sa dernière tête signée (var/head.json)")  # fmt: skip
    add("--second-place", type=Path, metavar="DOSSIER", help="celui de DEMOCRATIC_ARCHIVE, pour une base")
    add("--until", default="", metavar="MOMENT", help="pour une base : « 2026-03-01 10:15:00+01 »")
    add("--as-saved", action="store_true", help="sans rien mettre à jour : pour revenir au code d'avant")
    asked = parser.parse_args(argv)
    for path in (
        asked.archive,
        *asked.erasures,
        *asked.head,
        *([asked.second_place] if asked.second_place else []),
    ):
        if not path.exists():
            raise CannotStart(f"{path} n'existe pas.")
    return asked
