"""What the operator tells afterwards of a message, at the address that we gave with it (« StatusCallback »)."""

from collections.abc import Sequence

from democratic.messaging.ports import Account, Envelope, Fate, Hook

# Of the published list of errors: a number that is none, that nobody has any more, that can't receive.
GONE = {21211, 21614, 30005, 30006}
NAMED = "message"
_ARRIVED = {"delivered", "read"}
# « expired » is no word of Twilio's, which says « failed » and 30036: other operators of this API do.
_LOST = {"failed", "undelivered", "canceled", "expired"}


def told_back_at(account: Account, envelope: Envelope) -> dict[str, str]:
    """Our own name of the message stands in the address, which the operator signs. No address in clear is given."""
    door = str(account.get("hook", envelope.door))
    return {"StatusCallback": f"{door}?{NAMED}={envelope.name}"} if door.startswith("https://") else {}


def is_status(fields: dict[str, str]) -> bool:
    return "MessageStatus" in fields


def fates_told_by(hook: Hook, fields: dict[str, str]) -> Sequence[Fate]:
    """None of what is on its way still, nor of what we did not name."""
    name, said = hook.query.get(NAMED, ""), fields.get("MessageStatus", "")
    if not name:
        return ()
    if said in _ARRIVED:
        return [Fate(name, is_delivered=True)]
    if said not in _LOST:
        return ()
    code = fields.get("ErrorCode", "")
    code = code if code.isascii() and code.isdigit() else ""
    reason = f"SMS {code or said}"
    return [Fate(name, reason=reason, is_gone=bool(code) and int(code) in GONE)]
