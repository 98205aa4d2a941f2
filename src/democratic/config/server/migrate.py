"""``bin/democratic migrate``: tables, the shared cache's table and the published files, up to date."""

import os

from democratic.config.places import places
from democratic.config.server import preparation
from democratic.config.server.known import refuse_downgrade
from democratic.config.server.manage import ready_django

# A migration that waits longer for a table would make everyone behind it wait.
LOCK_TIMEOUT = os.environ.get("DEMOCRATIC_LOCK_TIMEOUT", "10s")


def main(argv: list[str]) -> int:
    _update(argv, verbosity=1)
    return 0


def update_quietly() -> None:
    _update([], verbosity=0)


def _update(argv: list[str], *, verbosity: int) -> None:
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} -c lock_timeout={LOCK_TIMEOUT}".strip()
    refuse_downgrade(os.environ["DATABASE_URL"])
    call_command = ready_django()
    call_command("migrate", *argv, interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not argv:  # asked for everything
        preparation.mark_migrated(places(), os.environ["DATABASE_URL"])
