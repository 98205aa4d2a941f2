from typing import Any
from urllib.parse import quote

from democratic.channels.calling import MISSING, REFUSED, call, said
from democratic.channels.fetching import download, refuse_beyond
from democratic.messaging.ports import Account, Later, Refused, TooLarge

OURS = "https://api.telegram.org"


def ask(account: Account, method: str, asked: dict[str, Any]) -> dict[str, Any]:
    url = f"{account.get('url', OURS)}/bot{account['token']}/{method}"
    answer = call(account, url, data=asked, wait=lambda told: told["parameters"]["retry_after"])
    if answer.status == MISSING:
        raise Later("Telegram knows no bot by this token", after=300)
    told = said(answer)
    return told if answer.status < REFUSED else {"error_code": answer.status} | told


def fetch_file(account: Account, file_id: str, most: int) -> bytes:
    """A bot is given the path of a file of 20 MB at most, good for an hour, and then its bytes."""
    told = ask(account, "getFile", {"file_id": file_id})
    if "result" not in told:
        words = str(told.get("description", ""))
        if "too big" in words:
            raise TooLarge("Telegram: more than 20 MB")
        raise Refused(f"Telegram {told.get('error_code')}")
    refuse_beyond(told["result"].get("file_size"), most)
    path = quote(str(told["result"].get("file_path", "")))
    return download(account, f"{account.get('url', OURS)}/file/bot{account['token']}/{path}", most=most)
