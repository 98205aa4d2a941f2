"""A part of a file, as players ask for it: without, a telephone plays nothing and no slider moves (RFC 9110, 14)."""

import re

from django.http import HttpRequest, HttpResponse

OK, PART, BEYOND = 200, 206, 416
_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def in_part(request: HttpRequest, whole: HttpResponse) -> HttpResponse:
    """The one range that is asked for; for anything else all of it, as a server always may."""
    if whole.status_code != OK:
        return whole
    whole.headers["Accept-Ranges"] = "bytes"
    asked = _ONE.fullmatch(request.headers.get("Range", "").strip())
    etag = whole.headers.get("ETag", "")
    if asked is None or asked.group() == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return whole
    content = whole.content
    first, end = _ends(asked[1], asked[2], len(content))
    if first >= end:
        whole.status_code, whole.content = BEYOND, b""
        whole.headers["Content-Range"] = f"bytes */{len(content)}"
        return whole
    whole.status_code, whole.content = PART, content[first:end]
    whole.headers["Content-Range"] = f"bytes {first}-{end - 1}/{len(content)}"
    return whole


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """« -500 » is the last 500 bytes; « 500- », all from there. Empty where none of it is there."""
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size
