"""How every connector asks its provider: by the one way out, and in the words of the port."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from democratic.kernel.outbound import Answer, NoAnswer, Outbound, OutboundFault, place_of
from democratic.messaging.ports import Account, InDoubt, Later

SECONDS, MEGABYTE = 10.0, 1024 * 1024
DAY = 86_400.0  # however long a provider asks to wait, it is asked again the next day
REFUSED, LOCKED_OUT, MISSING, GONE, TOO_MANY, BROKEN = 400, 401, 404, 410, 429, 500


def call(
    account: Account,
    url: str,
    *,
    data: Any = None,
    form: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
    method: str = "POST",
    most: int = MEGABYTE,
    seconds: float = SECONDS,
    wait: Callable[[dict[str, Any]], Any] = lambda _said: 0,
) -> Answer:
    """An answer below 500, neither 401 nor 429. ``data``: bytes are sent as they are, anything else as JSON.

    ``near = true`` in the account: the provider stands in our own network. ``wait``: seconds that it asks to wait,
    where it says so in its answer. Later: nothing left, and a key that is refused is an operator's to mend, so that
    nothing is lost meanwhile. InDoubt: it was asked, and we do not know what it did.
    """
    body, kind = _body(data, form)
    try:
        place = place_of(url)
        near = frozenset({place}) if account.get("near") else frozenset()
        way = Outbound(frozenset({place}), near=near, seconds=seconds, most=most)
        answer = _ask(way, method, url, body, {**kind, **(headers or {})})
    except NoAnswer as fault:
        raise (InDoubt if fault.was_asked and method != "GET" else Later)(str(fault)) from fault
    except OutboundFault as fault:
        raise Later(str(fault), after=60) from fault
    if answer.status == TOO_MANY:
        raise Later("429", after=_asked_to_wait(answer, wait))
    if answer.status == LOCKED_OUT:
        raise Later("401", after=300)
    if answer.status >= BROKEN:
        raise Later(str(answer.status), after=min(answer.retry_after, DAY))
    return answer


def _asked_to_wait(answer: Answer, wait: Callable[[dict[str, Any]], Any]) -> float:
    try:
        in_words = float(wait(said(answer)))
    except (KeyError, TypeError, ValueError):
        in_words = 0
    return min(max(answer.retry_after, in_words, 1), DAY)


def _ask(way: Outbound, method: str, url: str, body: bytes, headers: dict[str, str]) -> Answer:
    if method == "GET":
        return way.get(url, headers)
    return way.put(url, body, headers) if method == "PUT" else way.post(url, body, headers)


def _body(data: Any, form: dict[str, str] | None) -> tuple[bytes, dict[str, str]]:
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if data is None or isinstance(data, bytes):
        return data or b"", {}
    return json.dumps(data).encode(), {"Content-Type": "application/json"}


def said(answer: Answer) -> dict[str, Any]:
    """The object that was answered; empty when it is none."""
    try:
        read = json.loads(answer.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
