from typing import Any

from democratic.channels.calling import MISSING, REFUSED, call, said
from democratic.messaging.ports import Account, Later

OURS = "https://api.telegram.org"


def ask(account: Account, method: str, asked: dict[str, Any]) -> dict[str, Any]:
    url = f"{account.get('url', OURS)}/bot{account['token']}/{method}"
    answer = call(account, url, data=asked, wait=lambda told: told["parameters"]["retry_after"])
    if answer.status == MISSING:
        raise Later("Telegram knows no bot by this token", after=300)
    told = said(answer)
    return told if answer.status < REFUSED else {"error_code": answer.status} | told
