"""Real recordings, made here: silence in each container that a voice may come in."""

import io
import struct
import wave

SILENT_OPUS = b"\xf8\xff\xfe"  # 20 ms (RFC 6716): stereo, and nobody speaks
SAMPLES = 960  # of a packet, at 48 kHz


def ogg_opus(seconds):
    """Played by any browser: its pages carry their sums (RFC 3533), its stream its head (RFC 7845)."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 2, 312, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages, packets = [_page(0, 0, [head], 2), _page(1, 0, [tags])], round(seconds * 50)
    for first in range(0, packets, 50):
        n = min(50, packets - first)
        is_last = first + n == packets
        position = 312 + (first + n) * SAMPLES
        pages.append(_page(len(pages), position, [SILENT_OPUS] * n, 4 if is_last else 0))
    return b"".join(pages)


def _page(number, position, packets, kind=0):
    head = struct.pack("<4sBBqIII", b"OggS", 0, kind, position, 8841, number, 0)
    head += bytes([len(packets), *map(len, packets)])
    page = bytearray(head + b"".join(packets))
    page[22:26] = struct.pack("<I", _sum_of(page))
    return bytes(page)


def _sum_of(page):
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _bit in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 0x80000000 else 0)) & 0xFFFFFFFF
    return crc


def wav(seconds, rate=8000):
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(bytes(2 * round(seconds * rate)))
    return out.getvalue()


def mp3(seconds, *, named=True):
    """MPEG 1, layer III, 64 kbit/s, 44.1 kHz: empty frames of 208 bytes."""
    frame = b"\xff\xfb\x50\xc4" + bytes(204)
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 1, 0]) + bytes(128) if named else b""
    return tag + frame * round(seconds * 44_100 / 1152)


def mp4(seconds, *, in_fragments=False):
    """The boxes that say how long it lasts; of a movie in fragments, the header that extends it."""
    length = round(seconds * 1000)
    header = _box(b"mvhd", bytes(12) + struct.pack(">II", 1000, 0 if in_fragments else length) + bytes(80))
    more = _box(b"mvex", _box(b"mehd", bytes(4) + struct.pack(">I", length))) if in_fragments else b""
    return _box(b"ftyp", b"M4A \0\0\0\0") + _box(b"mdat", bytes(500)) + _box(b"moov", header + more)


def _box(name, body):
    return struct.pack(">I4s", 8 + len(body), name) + body


def webm(seconds, *, is_said=True):
    """As a browser records it: of no known size, and of no length when it was recorded in one go."""
    said = b"\x44\x89\x88" + struct.pack(">d", seconds * 1000) if is_said else b""
    info = b"\x2a\xd7\xb1\x83\x0f\x42\x40" + said
    made = b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01" + b"\x18\x53\x80\x67\x01" + b"\xff" * 7
    made += b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info
    for at in range(0, round(seconds * 1000) + 1, 500):
        made += b"\x1f\x43\xb6\x75\x01" + b"\xff" * 7 + b"\xe7\x84" + struct.pack(">I", at)
        made += b"\xa3\x87\x81" + struct.pack(">h", 0) + b"\x80" + SILENT_OPUS
    return made
