"""``bin/democratic upgrade``: this code's tables and files, after a backup, and the way back said."""

import os
from argparse import Namespace
from collections.abc import Mapping

import psycopg

from democratic.config.backup.dump import migrations_of, table_names
from democratic.config.commands import backup
from democratic.config.places import places
from democratic.config.server import migrate, preparation
from democratic.config.server.checks import CONNECT_TIMEOUT
from democratic.config.server.database import URL
from democratic.config.server.errors import CannotStart
from democratic.config.server.known import known_migrations, refuse_downgrade
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say
from democratic.config.version import VERSION

# Only ever added to: fewer rows after than before is a fault, and the backup is there.
KEPT = (
    "thread_entry",
    "thread_position",
    "thread_signedhead",
    "thread_record",
    "thread_wording",
    "thread_link",
)


def main(argv: list[str]) -> int:
    asked, url = _parse(argv), os.environ[URL]
    refuse_downgrade(url)
    if preparation.is_migrated(places(), url):
        say(f"Déjà à jour : version {VERSION}, rien n'a changé.")
        return 0
    waiting, before = _waiting(url), _rows(url)
    path = None if asked.without_backup or not before else backup.make(asked).path
    say(f"Tables : {len(waiting)} étapes à faire." if waiting else "Tables : déjà celles de cette version.")
    _migrate()
    _check(url, before)
    say(f"✓ À jour : version {VERSION}. Relancez bin/run s'il tourne.")
    if path:
        say(
            f"Pour revenir : bin/democratic restore {path} --into DOSSIER_NEUF --as-saved ; puis l'ancien code, avec"
            " DEMOCRATIC_VAR=DOSSIER_NEUF. Ce qui a été écrit depuis la mise à jour n'y sera pas."
        )
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("upgrade", "Sauvegarde, puis met à jour les tables et les fichiers publiés, et vérifie.")
    backup.add_options(parser)
    parser.add_argument(
        "--without-backup", action="store_true", help="sans sauvegarde : il n'y aura pas de retour"
    )
    return parser.parse_args(argv)


def _waiting(url: str) -> list[str]:
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        done = migrations_of(connection) if "django_migrations" in table_names(connection) else []
    return sorted(known_migrations() - set(done))


def _migrate() -> None:
    from django.db.utils import OperationalError  # noqa: PLC0415 -- Django comes with the migration alone

    try:
        migrate.update_quietly()
    except OperationalError as fault:
        first = (str(fault).splitlines() or ["sans un mot"])[0]
        raise CannotStart(
            f"Une étape n'a pas abouti ({first}) et n'a rien changé ; celles d'avant restent faites."
            " Relancez bin/democratic upgrade, à une heure plus calme si une table était occupée."
        ) from fault


def _check(url: str, before: Mapping[str, int]) -> None:
    if left := _waiting(url):
        raise CannotStart(f"Ces étapes restent à faire : {', '.join(left)}.")
    after = _rows(url)
    if lost := [name for name, rows in before.items() if after.get(name, 0) < rows]:
        raise CannotStart(f"Des lignes manquent dans {', '.join(lost)} : restaurez la sauvegarde.")
    total = sum(after.values())
    say(f"Vérifié : {total} lignes de faits et de paroles, aucune perdue.")


def _rows(url: str) -> dict[str, int]:
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        found = [name for name in table_names(connection) if name in KEPT]
        return {name: _count(connection, name) for name in found}


def _count(connection: psycopg.Connection[tuple[int]], name: str) -> int:
    query = psycopg.sql.SQL("select count(*) from {}").format(psycopg.sql.Identifier(name))
    row = connection.execute(query).fetchone()
    return row[0] if row else 0
