"""The migrations of this very code, read from its folders: Django would make secrets where none are yet."""

import psycopg

from democratic.config.server.checks import CONNECT_TIMEOUT
from democratic.config.server.errors import CannotStart
from democratic.config.server.preparation import SOURCES


def known_migrations() -> set[str]:
    """Each of ours, as "app.name"."""
    return {f"{path.parents[1].name}.{path.stem}" for path in SOURCES.glob("*/migrations/[0-9]*.py")}


def unknown_migrations(applied: list[str]) -> list[str]:
    """Of our own apps alone: what the packages that we install bring is theirs to read."""
    known = known_migrations()
    ours = {name.partition(".")[0] for name in known} | {
        path.name for path in SOURCES.iterdir() if path.is_dir()
    }
    return [name for name in applied if name.partition(".")[0] in ours and name not in known]


def refuse_downgrade(url: str) -> None:
    """Tables go forward alone: an older program on newer tables would write what it cannot read."""
    if unknown := unknown_migrations(_applied(url)):
        raise CannotStart(
            f"Cette base vient d'une version plus récente ({unknown[-1]}) : on ne revient pas en arrière."
            " Remettez le code plus récent, ou restaurez la sauvegarde d'avant la mise à jour."
        )


def refuse_tables_behind(url: str) -> None:
    """What this code reads is not there yet, or not all of it: half a command's work would be done."""
    if not (applied := _applied(url)):
        raise CannotStart(
            "Cette base n'a pas encore ses tables : lancez bin/democratic migrate, puis cette commande."
        )
    if waiting := known_migrations() - set(applied):
        raise CannotStart(
            f"Les tables sont d'une version plus ancienne ({len(waiting)} étapes à faire) :"
            " lancez bin/democratic upgrade, puis cette commande."
        )


def _applied(url: str) -> list[str]:
    """Each as "app.name", in the order in which they came; none in a database that has no table."""
    with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
        if connection.execute("select to_regclass('django_migrations')").fetchone() == (None,):
            return []
        rows = connection.execute("select app || '.' || name from django_migrations order by id").fetchall()
    return [name for (name,) in rows]
