"""A published journal, as files to read: a folder of ours, or an address that somebody else answers for."""

import http.client
import json
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile, zip_longest
from pathlib import Path
from typing import IO

from civics.ledger.canonical import canonical_json, read_canonical
from civics.ledger.heads import PublicKey, SignedHead, key_id, read_public_key
from civics.ledger.lines import ENTRIES, HEADS, OPENINGS
from civics.ledger.readme import README, README_NAME
from civics.ledger.scalars import read_hex
from democratic.config.server.errors import CannotStart

KEY = "key.json"
# Heads first: a journal grows, and what comes after the last of them is left aside.
FILES = (KEY, HEADS, OPENINGS, ENTRIES, README_NAME)

PATIENCE = 30.0  # seconds without a byte
LINE_LIMIT = 1 << 20
PIECE = 1 << 16


def open_folder(folder: Path) -> dict[str, IO[bytes]]:
    if not folder.is_dir():
        raise CannotStart(f"{folder} n'est pas un dossier : donnez celui d'un export, ou une adresse.")
    if missing := [name for name in FILES if not (folder / name).is_file()]:
        raise CannotStart(f"Il manque {', '.join(missing)} dans {folder} : ce n'est pas un journal exporté.")
    return {name: (folder / name).open("rb") for name in FILES}


def download(address: str, folder: Path, *, limit: int) -> None:
    """The files of the journal published there, each of at most ``limit`` bytes."""
    opener = urllib.request.build_opener(_NoRedirect)
    for name in FILES:
        _download_one(opener, f"{address.rstrip('/')}/{name}", folder / name, limit)


def is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Whoever publishes answers under their own name: we never follow to another."""

    def redirect_request(self, *_: object) -> None:
        return None


def _download_one(opener: urllib.request.OpenerDirector, address: str, path: Path, limit: int) -> None:
    left = limit
    try:
        with opener.open(address, timeout=PATIENCE) as answer, path.open("wb") as file:
            while piece := answer.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise CannotStart(f"{address} dépasse {limit >> 20} Mo : augmentez --max-size, en Mo.")
                file.write(piece)
    except urllib.error.HTTPError as refusal:
        raise CannotStart(f"{address} répond {refusal.code} : ce n'est pas un journal publié.") from refusal
    except (OSError, ValueError, http.client.HTTPException) as fault:
        raise CannotStart(f"{address} ne se laisse pas lire ({fault}).") from fault


def read_key(file: IO[bytes]) -> PublicKey:
    """ValueError: not the document that an export writes, byte for byte."""
    raw = file.read(LINE_LIMIT)
    match read_canonical(raw.removesuffix(b"\n")):
        case {"algorithm": "Ed25519", "key": str(name), "public_key": str(key)}:
            public_key = read_public_key(read_hex(key, 32))
            fields = {"algorithm": "Ed25519", "key": name, "public_key": key}
            if key_id(public_key) == name and raw == canonical_json(fields) + b"\n":
                return public_key
    raise ValueError("This is not an Ed25519 key with its own name.")


def line_unlike_readme(file: IO[bytes]) -> int | None:
    """The first line that is not the one that this program writes: there is a script in it to be run."""
    written, ours = file.read(LINE_LIMIT).splitlines(keepends=True), README.encode().splitlines(keepends=True)
    pairs = enumerate(zip_longest(written, ours), 1)
    return next((number for number, (theirs, expected) in pairs if theirs != expected), None)


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """A line longer than any of ours comes out in pieces, which no reader takes for lines."""
    return iter(lambda: file.readline(LINE_LIMIT), b"")


def last_size(heads: IO[bytes]) -> int | None:
    """What the last head covers; None when it cannot be read: the audit will say why."""
    last = deque(lines(heads), maxlen=1)
    heads.seek(0)
    try:
        return SignedHead.from_json(b"".join(last).removesuffix(b"\n")).head.size
    except ValueError:
        return None


def entries_covered(file: IO[bytes], size: int | None) -> Iterable[bytes]:
    return islice(lines(file), size)


def openings_covered(file: IO[bytes], size: int | None) -> Iterable[bytes]:
    return lines(file) if size is None else takewhile(lambda line: _position(line) < size, lines(file))


def _position(line: bytes) -> int:
    """Below all others when it cannot be read, so that the audit sees the line."""
    try:
        return int(json.loads(line)["position"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return -1
