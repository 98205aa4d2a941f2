"""What keeps the product from starting, said in one French line to the person who started it."""

import errno
import sys
from pathlib import Path

from democratic.config.places import places


class CannotStart(Exception):
    """The line to show; the program ends with exit code 2."""

    exit_code = 2


class StopAsked(Exception):
    pass


NO_FOLDER = frozenset({errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG})
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
DATABASE_GONE = ("08", "57P")  # PostgreSQL's classes: connection exceptions, and a server that shuts down


def in_one_line(error: Exception) -> str | None:
    """A fault that its reader can act on, as a line; None for a fault of ours."""
    if is_database_gone(error):
        return (
            "La base s'est arrêtée pendant ce travail : ce qui était enregistré l'est resté, "
            "le reste est défait. Relancez la commande quand elle est de retour."
        )
    return _of_the_system(error) if isinstance(error, OSError) else None


def is_database_gone(error: BaseException | None) -> bool:
    """Whether the server went away under the work: said by psycopg, alone or under Django's own error."""
    psycopg = sys.modules.get("psycopg")  # nothing was asked of a database where it was never loaded
    while psycopg is not None and error is not None:
        if isinstance(error, psycopg.OperationalError):
            return error.sqlstate is None or error.sqlstate.startswith(DATABASE_GONE)
        error = error.__cause__
    return False


def _of_the_system(error: OSError) -> str | None:
    if error.errno in DISK_FULL:
        return "Le disque est plein : libérez au moins 500 Mo, puis relancez. Rien n'est perdu."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} and error.filename:
        return f"Impossible d'écrire dans {error.filename} : relancez avec le compte qui l'a installé."
    return _unusable_folder(error)


def _unusable_folder(error: OSError) -> str | None:
    """The folder that DEMOCRATIC_VAR names is none, or cannot be made; a file missing inside is our fault."""
    var, at = places().var, Path(str(error.filename or ""))
    is_above = at == var or at in var.parents
    if (error.errno in NO_FOLDER and var in (at, *at.parents)) or (is_above and isinstance(error.errno, int)):
        return (
            f"Le dossier {var} ne peut pas servir ({error.strerror}) : donnez-en un autre par DEMOCRATIC_VAR."
        )
    return None
