"""A vote as a script posts it: the page's own form, which asks for JSON back."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from democratic.web.entry.bridge import Send
from democratic.web.entry.stored import Headers
from democratic.web.meetings.votes.casting import Answer

LARGEST = 4096  # bytes
FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
NOTHING_REFUSED = b'{"refusal": ""}'
_ITS_OWN = (b"content-type", b"cache-control", b"x-accel-buffering")


def is_ours(headers: Mapping[bytes, bytes], body: bytes) -> bool:
    """Small, from a page of ours, by a script that reads JSON. Anything else is answered as any form is."""
    return (
        len(body) <= LARGEST
        and headers.get(b"content-type", b"").split(b";")[0].strip() == FORM
        and JSON in headers.get(b"accept", b"")
        and _comes_from_here(headers)
    )


def _comes_from_here(headers: Mapping[bytes, bytes]) -> bool:
    """As ``middleware.comes_from_here``, which judges whatever this refuses."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == b"same-origin"
    origin = headers.get(b"origin") or headers.get(b"referer") or b""
    return bool(origin) and urlsplit(origin).netloc == headers.get(b"host", b"")


def given_in(body: bytes) -> tuple[str, ...]:
    try:
        fields = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return ()
    return tuple(fields.get("given", ()))


def headers_of_answers(like: Headers) -> Headers:
    """Those that every page of this authority has, for JSON."""
    kept = [(name, value) for name, value in like if name not in _ITS_OWN]
    return [*kept, (b"content-type", JSON), (b"cache-control", b"no-store")]


async def send_answer(send: Send, answer: Answer, headers: Headers) -> None:
    said = _said(answer)
    length = (b"content-length", b"%d" % len(said))
    await send({"type": "http.response.start", "status": answer.status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": said})


def _said(answer: Answer) -> bytes:
    if not answer.refusal:
        return NOTHING_REFUSED
    return json.dumps({"refusal": answer.refusal}, ensure_ascii=False).encode()
