"""The last signed head, kept outside the database: a restored database is found out by it.

Losing the file loses only that protection: the next signature writes it again.
"""

import os
from pathlib import Path

from django.conf import settings

from civics.ledger.heads import SignedHead
from democratic.thread.journal.heads import StoredHead, root_at

NAME = "head.json"


class BehindOutsideHead(Exception):
    """The database is not a continuation of what was signed. The message says what to do."""


def outside_path() -> Path:
    return Path(settings.VAR) / NAME


def read_outside() -> SignedHead | None:
    path = outside_path()
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        return SignedHead.from_json(raw.strip())
    except ValueError as refusal:
        raise BehindOutsideHead(
            f"{path} est illisible : rétablissez-le depuis une sauvegarde, ou retirez-le si vous êtes sûr"
            " que la base n'a pas été restaurée."
        ) from refusal


def write_outside(signed: SignedHead) -> None:
    """Whole or not at all, and on the disk before this returns."""
    path = outside_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{NAME}.{os.getpid()}.new")
    with aside.open("wb") as file:
        file.write(signed.to_json() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the new name, too
    finally:
        os.close(folder)


def refuse_if_behind(head: StoredHead) -> None:
    """A head of a later epoch than the outside one was opened in public: nothing to compare any more."""
    signed = read_outside()
    if signed is None or signed.head.epoch < head.epoch:
        return
    outside = signed.head
    if outside.epoch > head.epoch:
        raise _behind(f"l'époque {outside.epoch} a été ouverte, la base en est à {head.epoch}")
    if outside.size > head.size:
        raise _behind(f"{outside.size} faits ont été signés, la base en a {head.size}")
    root = head.root if outside.size == head.size else root_at(outside.size)
    if root != outside.root:
        raise _behind(f"les {outside.size} premiers faits ne sont pas ceux qui ont été signés")


def _behind(found: str) -> BehindOutsideHead:
    return BehindOutsideHead(
        f"La base n'est pas la suite du journal signé ({found}) : une sauvegarde a sans doute été restaurée."
        " Rien n'est signé, les faits nouveaux attendent. Restaurez une base plus récente, ou ouvrez une"
        ' nouvelle époque, publiquement : democratic journal new-epoch --reason "…"'
    )
