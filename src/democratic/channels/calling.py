"""How every connector asks its provider: by the one way out, and in the words of the port."""

import json
from typing import Any
from urllib.parse import urlencode

from democratic.kernel.outbound import Answer, NoAnswer, Outbound, OutboundFault, place_of
from democratic.messaging.ports import Account, InDoubt, Later

SECONDS = 10.0
TOO_MANY, BROKEN = 429, 500


def call(
    account: Account,
    url: str,
    *,
    data: Any = None,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    method: str = "POST",
    seconds: float = SECONDS,
) -> Answer:
    """An answer below 500 that is not 429. ``near = true`` in the account: the provider stands in our own network.

    Later: nothing left. InDoubt: it was asked, and we do not know what it did.
    """
    body, kind = _body(data, form)
    try:
        place = place_of(url)
        near = frozenset({place}) if account.get("near") else frozenset()
        way = Outbound(frozenset({place}), near=near, seconds=seconds)
        answer = _ask(way, method, url, body, {**kind, **(headers or {})})
    except NoAnswer as fault:
        raise (InDoubt if fault.was_asked and method != "GET" else Later)(str(fault)) from fault
    except OutboundFault as fault:
        raise Later(str(fault), after=60) from fault
    if answer.status == TOO_MANY:
        raise Later("429", after=max(answer.retry_after, 1))
    if answer.status >= BROKEN:
        raise Later(str(answer.status), after=answer.retry_after)
    return answer


def _ask(way: Outbound, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    if method == "GET":
        return way.get(url, headers)
    return way.put(url, body, headers) if method == "PUT" else way.post(url, body, headers)


def _body(data: Any, form: dict[str, str] | None) -> tuple[bytes, dict[str, str]]:
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if data is None:
        return b"", {}
    return json.dumps(data).encode(), {"Content-Type": "application/json"}


def said(answer: Answer) -> dict[str, Any]:
    """The object that was answered; empty when it is none."""
    try:
        read = json.loads(answer.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
