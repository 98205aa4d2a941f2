"""What a connector signs in with: ``VAR/secrets/channels.toml``, which the operator alone reads and writes.

One table an authority and channel: ``[ma-ville.sms]``, then its own lines. Never in the database, never on a page.
"""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from democratic.messaging.ports import Account


class AccountsUnreadable(Exception):
    """The file is there, and is no TOML, or may be read by others."""


def account_of(slug: str, kind: str) -> Account:
    """Empty when the operator wrote none. AccountsUnreadable otherwise says what to mend."""
    path = Path(settings.VAR) / "secrets" / "channels.toml"
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    if status.st_mode & 0o077:
        raise AccountsUnreadable(f"{path.name} may be read by others: chmod 600")
    found: Account = _read(path, status.st_mtime_ns).get(slug, {}).get(kind, {})
    return found


@lru_cache(maxsize=4)
def _read(path: Path, _as_of: int) -> dict[str, dict[str, Account]]:
    try:
        return tomllib.loads(path.read_text())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise AccountsUnreadable(f"{path.name}: {wrong}") from wrong
