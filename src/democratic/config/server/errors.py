"""What keeps the product from starting, said in one French line to the person who started it."""

import errno
from pathlib import Path

from democratic.config.places import places


class CannotStart(Exception):
    """The line to show; the program ends with exit code 2."""

    exit_code = 2


class StopAsked(Exception):
    pass


NO_FOLDER = frozenset({errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG})
DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def in_one_line(error: OSError) -> str | None:
    """A system error that its reader can act on, as a line; None for a fault of ours."""
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
