"""What the operator posts to us, and the proof that it is the operator (« X-Twilio-Signature »)."""

import hmac
from base64 import b64encode
from hashlib import sha1
from urllib.parse import parse_qsl, urlsplit

from democratic.messaging.ports import Forged, Hook


def fields_in(hook: Hook) -> dict[str, str]:
    return dict(parse_qsl(hook.body.decode("utf-8", "replace"), keep_blank_values=True))


def signature(url: str, fields: dict[str, str], token: str) -> str:
    """HMAC-SHA1 of the address and of the fields in the order of their names, in base 64."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    return b64encode(hmac.new(token.encode(), signed.encode(), sha1).digest()).decode()


def prove(hook: Hook, fields: dict[str, str]) -> None:
    """Forged otherwise. What stands behind the « ? » of the address is signed too."""
    expected = signature(_called(hook), fields, hook.account.get("token", ""))
    given = hook.headers.get("x-twilio-signature", "")
    if not hook.account.get("token") or not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forged


def _called(hook: Hook) -> str:
    """As the operator knows it, where another address stands before ours."""
    if "hook" not in hook.account:
        return hook.url
    query = urlsplit(hook.url).query
    return f"{hook.account['hook']}?{query}" if query else str(hook.account["hook"])
