import re
from base64 import b64decode, b64encode

from democratic.channels.proving import hmac_sha256, is_same
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.accounts import AccountsUnreadable
from democratic.messaging.ports import Account, Forged, Hook

_MOMENT = re.compile(r"[0-9]{1,12}")
TOLERANCE = 300  # seconds that a clock may be wrong, or a message old
SHORTEST = 24  # bytes of a secret


def signature(key: bytes, name: str, at: str, body: bytes) -> str:
    return "v1," + b64encode(hmac_sha256(key, f"{name}.{at}.".encode() + body)).decode()


def keys_of(account: Account) -> list[bytes]:
    try:
        keys = [b64decode(each.removeprefix("whsec_"), validate=True) for each in account["secret"].split()]
    except ValueError:
        keys = []
    if not keys or min(map(len, keys)) < SHORTEST:
        raise AccountsUnreadable(f"channels.toml: a webhook's secret is {SHORTEST} bytes or more, in base 64")
    return keys


def proved(hook: Hook) -> str:
    """Its name, which is signed with the rest."""
    name, at, given = (hook.headers.get(f"webhook-{each}", "") for each in ("id", "timestamp", "signature"))
    if not name or not _MOMENT.fullmatch(at) or abs(DATABASE_CLOCK.now().timestamp() - int(at)) > TOLERANCE:
        raise Forged
    expected = [signature(key, name, at, hook.body) for key in keys_of(hook.account)]
    if not any(is_same(each, ours) for each in given.split() for ours in expected):
        raise Forged
    return name
