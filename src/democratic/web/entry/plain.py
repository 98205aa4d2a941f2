"""What the entry answers by itself, in one sentence, with the headers of every answer."""

from democratic.web.entry.bridge import Send
from democratic.web.entry.stored import Headers
from democratic.web.headers import HEADERS


async def send_plain(send: Send, status: int, text: str, *more: tuple[bytes, bytes]) -> None:
    headers: Headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), *more]
    headers += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
