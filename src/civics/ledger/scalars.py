"""Bytes, days and counts inside hashed JSON: one spelling each, anything else is refused."""

from datetime import date


def read_hex(text: object, length: int) -> bytes:
    """Lowercase hexadecimal of exactly `length` bytes: capitals would be a second spelling."""
    if isinstance(text, str):
        try:
            decoded = bytes.fromhex(text)
        except ValueError:
            decoded = b""
        if len(decoded) == length and decoded.hex() == text:
            return decoded
    raise ValueError(f"Expected {length} bytes as {2 * length} lowercase hexadecimal digits.")


def is_hex(text: object, length: int) -> bool:
    try:
        read_hex(text, length)
    except ValueError:
        return False
    return True


def is_day(text: object) -> bool:
    """YYYY-MM-DD of a day that exists, and no hour."""
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_count(number: object, *, least: int = 0) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= least


def is_name(text: object) -> bool:
    return isinstance(text, str) and text != ""
