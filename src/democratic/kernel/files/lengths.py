"""How long a recording lasts, read from what its container says of itself: nothing here decodes a sound.

Ogg (RFC 3533) with Opus (RFC 7845), Vorbis or Speex; Matroska and WebM (RFC 9559); ISO 14496-12; MPEG audio, layer III;
RIFF WAVE. Any of them may lie: what is read here informs a person, and spares nobody the limit in bytes.
"""

import math
import struct
from collections.abc import Callable, Iterator

LONGEST = 24 * 3600.0  # seconds: beyond, it is no voice message


def seconds_of(content: bytes, content_type: str) -> int | None:
    """To the nearest second, one at least. None when it does not say."""
    read = _READERS.get(content_type)
    try:
        seconds = read(content) if read else 0.0
    except (struct.error, IndexError, ValueError, ZeroDivisionError, OverflowError):
        return None
    if not math.isfinite(seconds) or not 0 < seconds <= LONGEST:
        return None
    return max(1, round(seconds))


def _ogg(content: bytes) -> float:
    """From the last position that its pages name, in samples."""
    last, rate, skipped, serial = 0, 0, 0, None
    for page_serial, position, body in _ogg_pages(content):
        if serial is None:
            serial = page_serial
            rate, skipped = _ogg_rate(body)
        elif page_serial == serial and position >= 0:
            last = max(last, position)
    return max(0, last - skipped) / rate


def _ogg_pages(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while content[at : at + 4] == b"OggS" and at + 27 <= len(content):
        position, serial = struct.unpack("<qI", content[at + 6 : at + 18])
        segments = content[at + 26]
        body = at + 27 + segments
        end = body + sum(content[at + 27 : body])
        yield serial, position, content[body : min(end, body + 64)]
        at = end


def _ogg_rate(head: bytes) -> tuple[int, int]:
    """Positions a second, and how many of them are played by nobody."""
    if head.startswith(b"OpusHead"):
        (skipped,) = struct.unpack("<H", head[10:12])
        return 48_000, skipped
    if head.startswith(b"\x01vorbis"):
        (rate,) = struct.unpack("<I", head[12:16])
        return rate, 0
    if head.startswith(b"Speex   "):
        (rate,) = struct.unpack("<I", head[36:40])
        return rate, 0
    raise ValueError("a stream that we do not know")


def _mp4(content: bytes) -> float:
    """From its movie header; of a movie in fragments, from the header that extends it."""
    movie = next((body for name, body in _boxes(content) if name == b"moov"), b"")
    inside = dict(_boxes(movie))
    header = inside.get(b"mvhd", b"")
    scale, length = struct.unpack(">IQ", header[20:32]) if header[0] else struct.unpack(">II", header[12:20])
    if not length:
        extended = dict(_boxes(inside.get(b"mvex", b""))).get(b"mehd", b"")
        (length,) = struct.unpack(">Q", extended[4:12]) if extended[0] else struct.unpack(">I", extended[4:8])
    return float(length / scale)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, name = struct.unpack(">I4s", content[at : at + 8])
        head = 8
        if size == 1:
            (size,) = struct.unpack(">Q", content[at + 8 : at + 16])
            head = 16
        size = size or len(content) - at
        if size < head:
            return
        yield name, content[at + head : at + size]
        at += size


_KBITS = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),  # MPEG 1
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),  # MPEG 2 and 2.5
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def _mp3(content: bytes) -> float:
    """Frame by frame, as their rate may change."""
    at = 0
    if content[:3] == b"ID3":
        size = 0
        for sevenths in content[6:10]:
            size = size << 7 | sevenths & 0x7F
        at = 10 + size
    seconds = 0.0
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] & 0xE6 == 0xE2:  # noqa: PLR2004
        version, kbits, rate = content[at + 1] >> 3 & 3, content[at + 2] >> 4, content[at + 2] >> 2 & 3
        is_one = version == 3  # noqa: PLR2004  MPEG 1, as the header numbers it
        samples, hertz = 1152 if is_one else 576, _RATES[version][rate] if version != 1 else 0
        bits = _KBITS[is_one][kbits] * 1000
        if not bits:
            break
        at += samples // 8 * bits // hertz + (content[at + 2] >> 1 & 1)
        seconds += samples / hertz
    return seconds


def _wav(content: bytes) -> float:
    chunks = dict(_chunks(content))
    (bytes_a_second,) = struct.unpack("<I", chunks.get(b"fmt ", b"")[8:12])
    return float(len(chunks.get(b"data", b"")) / bytes_a_second)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack("<4sI", content[at : at + 8])
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


_SEGMENT, _INFO, _CLUSTER, _GROUP = 0x18538067, 0x1549A966, 0x1F43B675, 0xA0
_SCALE, _DURATION, _TIME, _BLOCK, _SIMPLE = 0x2AD7B1, 0x4489, 0xE7, 0xA1, 0xA3


def _webm(content: bytes) -> float:
    """As it says; of one that was recorded in one go, which says nothing, from where its last block stands."""
    scale, said, cluster, last = 1_000_000, 0.0, 0, 0
    for name, body in _elements(content):
        if name == _SCALE:
            scale = int.from_bytes(body)
        elif name == _DURATION:
            (said,) = struct.unpack(">f" if len(body) == 4 else ">d", body)  # noqa: PLR2004  bytes of a float
        elif name == _TIME:
            cluster = int.from_bytes(body)
        elif name in (_BLOCK, _SIMPLE):
            _track, at = _number(body, 0, keeps_mark=False)
            (after,) = struct.unpack(">h", body[at : at + 2])
            last = max(last, cluster + after)
    return (said or last) * scale / 1e9


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Those that hold others are entered, whatever their size says: it is often unknown."""
    at = 0
    while at < len(content):
        name, at = _number(content, at, keeps_mark=True)
        size, at = _number(content, at, keeps_mark=False)
        if name in (_SEGMENT, _INFO, _CLUSTER, _GROUP):
            continue
        yield name, content[at : at + size]
        at += size


def _number(content: bytes, at: int, *, keeps_mark: bool) -> tuple[int, int]:
    """A number of one to eight bytes, and where the next thing begins (RFC 8794, 4)."""
    length = 9 - content[at].bit_length()
    if length > 8:  # noqa: PLR2004  bytes
        raise ValueError("no number begins with zero")
    number = int.from_bytes(content[at : at + length])
    return number if keeps_mark else number & (1 << 7 * length) - 1, at + length


_READERS: dict[str, Callable[[bytes], float]] = {
    "audio/ogg": _ogg,
    "audio/mp4": _mp4,
    "audio/mpeg": _mp3,
    "audio/wav": _wav,
    "audio/webm": _webm,
}
