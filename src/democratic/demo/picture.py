"""A small chart made here, so that one piece of evidence is an image without any image being shipped."""

import struct
import zlib

BOARDINGS = (29, 38, 33, 41, 36, 44, 39, 46, 42, 49, 42, 53)
NEEDED = 25

WIDTH, HEIGHT, SCALE, MARGIN = 640, 360, 5, 40
PAPER, BAR, LINE = b"\xfa\xf7\xf0", b"\x0f\x52\x57", b"\xc9\x3a\x1d"


def boardings_picture() -> bytes:
    """A PNG: one bar for each evening, and the line above which the night bus goes on."""
    return _png(WIDTH, HEIGHT, [_row(HEIGHT - y) for y in range(HEIGHT)])


def _row(height: int) -> bytes:
    """The pixels at so many pixels above the bottom."""
    value = height - MARGIN
    if value in (NEEDED * SCALE, NEEDED * SCALE + 1):
        return LINE * WIDTH
    slot = (WIDTH - 2 * MARGIN) // len(BOARDINGS)
    bars = b"".join((BAR if 0 <= value < n * SCALE else PAPER) * (slot - 12) + PAPER * 12 for n in BOARDINGS)
    side = PAPER * MARGIN
    return side + bars + PAPER * (WIDTH - MARGIN - len(bars) // 3)


def _png(width: int, height: int, rows: list[bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
