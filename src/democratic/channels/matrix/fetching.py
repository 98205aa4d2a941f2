import re

from democratic.channels.fetching import download
from democratic.messaging.ports import Account, Refused

# ``mxc://server/media``, as the specification writes both (appendices, 4.5, and 11.7).
_MXC = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,230})/([A-Za-z0-9_-]{1,255})")


def fetch_media(account: Account, ref: str, most: int) -> bytes:
    """By our own homeserver, which asks hers, and gives it to who is signed in (Client-Server API 1.11)."""
    if (named := _MXC.fullmatch(ref)) is None:
        raise Refused("Matrix: no mxc address")
    url = f"{account['url']}/_matrix/client/v1/media/download/{named[1]}/{named[2]}"
    return download(account, url, most=most, headers={"Authorization": f"Bearer {account['token']}"})
