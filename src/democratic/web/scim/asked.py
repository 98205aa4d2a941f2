"""What a directory asks for, read with care: one filter, and whether someone is still active."""

import json
import re
from typing import Any

from django.http import HttpRequest

from democratic.web.scim.answers import PATCH, ScimFault

_FILTER = re.compile(r'\s*userName\s+eq\s+"([^"\\]{1,254})"\s*', re.IGNORECASE)
MOST, USUAL = 100, 50
_SAID = {"true": True, "false": False}


def filtered(request: HttpRequest) -> str:
    """The address that is looked for; empty for all."""
    asked = request.GET.get("filter", "")
    found = _FILTER.fullmatch(asked)
    if asked and not found:
        raise ScimFault(400, 'The one filter is: userName eq "…"', "invalidFilter")
    return found[1] if found else ""


def window(request: HttpRequest) -> tuple[int, int]:
    """(startIndex, count): what is not a number, or too much, is brought back within bounds (RFC 7644, 3.4.2.4)."""
    start, count = (request.GET.get(name, "") for name in ("startIndex", "count"))
    first = int(start) if start.isdecimal() and len(start) < 7 else 1  # noqa: PLR2004  a million
    many = int(count) if count.isdecimal() and len(count) < 7 else USUAL  # noqa: PLR2004
    return max(1, first), min(MOST, many)


def body_of(request: HttpRequest) -> dict[str, Any]:
    try:
        read = json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise ScimFault(400, "The body is not JSON.", "invalidSyntax") from fault
    if not isinstance(read, dict):
        raise ScimFault(400, "The body is not an object.", "invalidSyntax")
    return read


def is_active_in_patch(body: dict[str, Any]) -> bool | None:
    """None when it is not spoken of. Some directories write the truth as a text."""
    operations = body.get("Operations")
    if PATCH not in body.get("schemas", ()) or not isinstance(operations, list):
        raise ScimFault(400, "Not a PatchOp.", "invalidSyntax")
    said: bool | None = None
    for each in operations:
        if not isinstance(each, dict) or str(each.get("op", "")).lower() not in {"add", "replace", "remove"}:
            raise ScimFault(400, "Unknown operation.", "invalidSyntax")
        value, path = each.get("value"), str(each.get("path") or "")
        if path.lower() == "active":
            said = False if each["op"].lower() == "remove" else truth(value)
        elif not path and isinstance(value, dict):
            said = is_active_in(value) if is_active_in(value) is not None else said
    return said


def is_active_in(told: dict[str, Any]) -> bool | None:
    found = [value for name, value in told.items() if name.lower() == "active"]
    return truth(found[0]) if found else None


def truth(value: object) -> bool:
    read = value if isinstance(value, bool) else _SAID.get(str(value).lower())
    if read is None:
        raise ScimFault(400, "active is true or false.", "invalidValue")
    return read
