"""RFC 8785: one JSON value, one sequence of bytes, so that hashing a value means something."""

import json
import math
from typing import Any

LARGEST_INTEGER = 2**53 - 1  # the last of the integers that a double tells apart from its neighbours
LAST_PLAIN_POWER = 21  # ECMAScript writes 1e21 and more, and less than 1e-6, with an exponent
FIRST_PLAIN_POWER = -6

_write_scalar = json.JSONEncoder(ensure_ascii=False).encode  # its escapes are exactly those of RFC 8785


class NotCanonical(ValueError):
    """The value has no canonical form, or the bytes are not it."""


def canonical_json(value: object) -> bytes:
    """Accepts None, bool, int, float, str, and list, tuple or dict (with str keys) of them."""
    try:
        return _write(value).encode()
    except UnicodeEncodeError as refusal:
        raise NotCanonical("A text holds half of a surrogate pair: remove that character.") from refusal
    except RecursionError as refusal:
        raise NotCanonical("The value holds itself, or is nested too deep: flatten it.") from refusal


def read_canonical(raw: bytes) -> Any:
    """The only reader of hashed JSON: a second spelling of the same value is refused.

    Integers that a double cannot tell apart come back as floats, as RFC 8785 reads them.
    """
    try:
        value = json.loads(raw.decode(), parse_int=_read_integer)
    except (ValueError, RecursionError) as refusal:
        raise NotCanonical("This is not JSON in UTF-8.") from refusal
    if canonical_json(value) != raw:
        raise NotCanonical("This is JSON, but not in its canonical form (RFC 8785).")
    return value


def _write(value: object) -> str:
    match value:
        case None | bool() | str():
            return _write_scalar(value)
        case int():
            return _write_integer(value)
        case float():
            return _write_float(value)
        case list() | tuple():
            return "[" + ",".join([_write(element) for element in value]) + "]"
        case dict():
            return _write_object(value)
    raise NotCanonical(f"JSON has no {type(value).__name__}: give text, numbers, lists and dicts.")


def _write_object(members: dict[Any, Any]) -> str:
    for key in members:
        if not isinstance(key, str):
            raise NotCanonical(f"The key {key!r} is not a text: JSON keys are.")
    ordered = sorted(members, key=_utf16_units)
    return "{" + ",".join([f"{_write_scalar(key)}:{_write(members[key])}" for key in ordered]) + "}"


def _utf16_units(key: str) -> bytes:
    return key.encode("utf-16-be")


def _write_integer(number: int) -> str:
    if abs(number) > LARGEST_INTEGER:
        raise NotCanonical("A whole number is beyond 2**53 - 1 in size: write it as text.")
    return int.__repr__(number)


def _write_float(number: float) -> str:
    """ECMAScript's Number::toString: Python's shortest digits in another layout."""
    if not math.isfinite(number):
        raise NotCanonical(f"JSON has no {number}: leave it out or write null.")
    if number == 0:
        return "0"  # minus zero too
    sign = "-" if number < 0 else ""
    digits, point = _shortest_digits(abs(number))
    if not FIRST_PLAIN_POWER < point <= LAST_PLAIN_POWER:
        mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return f"{sign}{mantissa}e{point - 1:+d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    whole, fraction = digits[:point].ljust(point, "0"), digits[point:]
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def _shortest_digits(number: float) -> tuple[str, int]:
    """The digits without outer zeros, and the place of the decimal point: 0.0012 gives ("12", -2)."""
    mantissa, _, exponent = float.__repr__(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    written = whole + fraction
    digits = written.lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(written) - len(digits))
    return digits.rstrip("0"), point


def _read_integer(text: str) -> int | float:
    nearest = float(text)
    return int(text) if abs(nearest) <= LARGEST_INTEGER else nearest
