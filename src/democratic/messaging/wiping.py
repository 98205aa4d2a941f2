"""What stays of a message that arrived, once nobody needs it: a print, so that it is never done twice."""

from collections.abc import Iterable
from typing import Any

from democratic.kernel.limits import keyed_hash
from democratic.messaging.models import Correspondent, IncomingMessage

State = IncomingMessage.State

# The words of what is done are where they belong by now, or nowhere.
WIPED: dict[str, Any] = {"text": "", "address": "", "choice": "", "media": [], "name": ""}


def print_of_name(kind: str, name: str) -> str:
    return keyed_hash("incoming", kind, name)


def wipe(message: IncomingMessage) -> None:
    for name, empty in WIPED.items():
        setattr(message, name, empty)


def wipe_what_was_left(hers: Iterable[Correspondent]) -> None:
    """Of who leaves or says STOP: what waited for her age, and what could not be carried out, is not looked at any more."""
    left = IncomingMessage.objects.filter(state__in=(State.HELD, State.PARKED))
    for each in hers:
        if each.address:
            theirs = left.filter(authority=each.authority_id, kind=each.kind, address=each.address)
            theirs.update(state=State.DONE, reason="", **WIPED)
