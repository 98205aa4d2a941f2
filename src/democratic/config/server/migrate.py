"""``bin/democratic migrate``: tables, the shared cache's table and the published files, up to date."""

import os

from democratic.config.places import places
from democratic.config.server import preparation
from democratic.config.server.known import refuse_downgrade
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser

# A migration that waits longer for a table would make everyone behind it wait.
LOCK_TIMEOUT = os.environ.get("DEMOCRATIC_LOCK_TIMEOUT", "10s")


def main(argv: list[str]) -> int:
    parser = Parser("migrate", "Mettre à jour les tables et les fichiers publiés. Sans rien nommer : tout.")
    parser.add_argument("which", nargs="*", metavar="APPLICATION ÉTAPE", help="jusqu'à cette étape seulement")
    _update(parser.parse_args(argv).which, verbosity=1)
    return 0


def update_quietly() -> None:
    _update([], verbosity=0)


def _update(which: list[str], *, verbosity: int) -> None:
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} -c lock_timeout={LOCK_TIMEOUT}".strip()
    refuse_downgrade(os.environ["DATABASE_URL"])
    call_command = ready_django()
    call_command("migrate", *which, interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not which:  # asked for everything
        preparation.mark_migrated(places(), os.environ["DATABASE_URL"])
