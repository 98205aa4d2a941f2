"""The passphrase of an archive: from a file that only its owner reads, or typed twice."""

import getpass
import sys
from pathlib import Path

from democratic.config.server.errors import CannotStart

SHORTEST = 12


def passphrase_from(file: Path | None, *, is_new: bool) -> bytes:
    """CannotStart: none is given, or one too short to seal with."""
    if file is not None:
        words = _read(file)
    elif sys.stdin.isatty():
        words = _typed(is_new=is_new)
    else:
        raise CannotStart(
            "Donnez la phrase de passe : --passphrase-file FICHIER, ou lancez depuis un terminal."
        )
    if is_new and len(words) < SHORTEST:
        raise CannotStart(
            f"Une phrase de passe a au moins {SHORTEST} signes : cinq mots au hasard sont un bon choix."
        )
    return words.encode()


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise CannotStart(f"{file} ne se laisse pas lire : {fault}") from fault


def _typed(*, is_new: bool) -> str:
    words = getpass.getpass("Phrase de passe : ")
    if is_new and getpass.getpass("Encore une fois : ") != words:
        raise CannotStart("Les deux phrases diffèrent : recommencez.")
    return words
