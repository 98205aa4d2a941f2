"""What a connector signs in with: ``VAR/secrets/channels.toml``, which the operator alone reads and writes.

One table an authority and channel: ``[ma-ville.sms]``, then its own lines. Never in the database, never on a page.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from democratic.messaging.ports import Account


class AccountsUnreadable(Exception):
    """The file is there, and is no TOML, may be read by others, or lacks a line that its connector needs."""


class _Lines(dict[str, Any]):
    """What was written of one channel: asked for a line that is not there, it says which, and where."""

    where = ""

    def __missing__(self, name: str) -> Any:
        raise AccountsUnreadable(f"channels.toml: [{self.where}] lacks {name}")


def account_of(slug: str, kind: str) -> Account:
    """Empty when the operator wrote none; AccountsUnreadable says what to mend, at once or when a line is missed."""
    path = Path(settings.VAR) / "secrets" / "channels.toml"
    found = _Lines()
    found.where = f"{slug}.{kind}"
    try:
        status = path.stat()
    except FileNotFoundError:
        return found
    if status.st_mode & 0o077:
        raise AccountsUnreadable(f"{path.name} may be read by others: chmod 600")
    found.update(_read(path, status.st_mtime_ns).get(slug, {}).get(kind, {}))
    return found


@lru_cache(maxsize=4)
def _read(path: Path, _as_of: int) -> dict[str, dict[str, Account]]:
    try:
        return tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AccountsUnreadable(f"{path.name}: {wrong}") from wrong
