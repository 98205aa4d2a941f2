from urllib.parse import quote, urlsplit

from democratic.channels.calling import REFUSED, call, said
from democratic.channels.fetching import download, refuse_beyond
from democratic.messaging.ports import Account, Refused

# Where Meta keeps what people send: our key is shown nowhere else.
_METAS = (".fbsbx.com", ".fbcdn.net", ".facebook.com", ".whatsapp.net")


def fetch_medium(account: Account, url: str, ref: str, most: int) -> bytes:
    """Its id gives an address that lives five minutes, and asks for our key too."""
    ours = {"Authorization": f"Bearer {account['token']}"}
    answer = call(account, f"{url}/{quote(ref, safe='')}", method="GET", headers=ours)
    told = said(answer)
    if answer.status >= REFUSED:
        raise Refused(f"WhatsApp {told.get('error', {}).get('code', answer.status)}")
    refuse_beyond(told.get("file_size"), most)
    where = str(told.get("url", ""))
    if urlsplit(where).netloc != urlsplit(url).netloc and not _is_metas(where):
        raise Refused("WhatsApp: not an address of Meta")
    return download(account, where, most=most, headers=ours)


def _is_metas(where: str) -> bool:
    parts = urlsplit(where)
    return parts.scheme == "https" and (parts.hostname or "").endswith(_METAS)
