"""How connectors ask for the bytes of a photo or a voice: bounded in size and in time, at the place that they name."""

from democratic.channels.calling import REFUSED, call
from democratic.kernel.outbound import TooLong, WayRefused
from democratic.messaging.ports import Account, Later, Refused, TooLarge

SECONDS = 30.0  # for one file: the worker has others to look after


def download(account: Account, url: str, *, most: int, headers: dict[str, str] | None = None) -> bytes:
    """TooLarge, Refused or Later otherwise. No redirect is followed."""
    try:
        answer = call(account, url, method="GET", headers=headers, most=most, seconds=SECONDS)
    except Later as wait:
        if isinstance(wait.__cause__, TooLong):
            raise TooLarge("too large") from wait
        if isinstance(wait.__cause__, WayRefused):
            raise Refused("it leads elsewhere") from wait
        raise
    if answer.status >= REFUSED:
        raise Refused(str(answer.status))
    return answer.body


def refuse_beyond(announced: object, most: int) -> None:
    """By what the provider says of its size, before anything is asked for."""
    if isinstance(announced, int) and announced > most:
        raise TooLarge(f"{announced} bytes")
