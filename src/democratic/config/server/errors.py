"""What keeps the product from starting, said in one French line to the person who started it."""

import errno


class CannotStart(Exception):
    """The line to show; the program ends with exit code 2."""

    exit_code = 2


class StopAsked(Exception):
    pass


DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def in_one_line(error: OSError) -> str | None:
    """A system error that its reader can act on, as a line; None for a fault of ours."""
    if error.errno in DISK_FULL:
        return "Le disque est plein : libérez au moins 500 Mo, puis relancez. Rien n'est perdu."
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} and error.filename:
        return f"Impossible d'écrire dans {error.filename} : relancez avec le compte qui l'a installé."
    return None
