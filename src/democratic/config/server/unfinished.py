"""The mark of a restore that has not come to its end: nothing starts on half an installation."""

from collections.abc import Iterator
from contextlib import contextmanager

from democratic.config.places import Places
from democratic.config.server.errors import CannotStart

NAME = "restoring"
RESTORE = "restore"  # the one command that works beside its own mark


def refuse_unfinished(place: Places) -> None:
    if (place.var / NAME).exists():
        raise CannotStart(
            f"La restauration dans {place.var} n'est pas allée au bout : effacez ce dossier, puis recommencez-la."
        )


@contextmanager
def restoring(place: Places) -> Iterator[None]:
    """The mark stays when what is inside fails."""
    mark = place.var / NAME
    mark.touch()
    yield
    mark.unlink()
