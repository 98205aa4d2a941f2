"""Files that mean harm, or that are merely odd, made in code: what was sent, and what must become of it.

``KEPT``: re-encoded, clean, and shown. Anything else: words of the sentence by which it is refused.
"""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageCms

from pictures import document, photo_with_place, picture

KEPT = "kept"
BROKEN, LARGE, ARCHIVE, DRAWING = "abîmé", "trop grande", "archive", "SVG"
PAGE, OTHER, MOVING, HEIC = "une page ou du code", "ni un PDF", "animée", "HEIC"
RUNS, TWO, LOCKED = "contient un programme", "autre chose qu’un document", "protégé"

SCRIPT = b"<script>alert(document.domain)</script>"
ZIP = b"PK\x03\x04" + b"\x00" * 26 + b"PK\x05\x06" + b"\x00" * 18
SVG = b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"
XXE = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'


@dataclass(frozen=True)
class Hostile:
    what: str
    content: bytes
    becomes: str = KEPT
    name: str = "photo.jpg"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=8, height=8, *, before=b"", after=b"", depth=8, colour=2, rows=None, interlace=0) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    raw = rows if rows is not None else (b"\0" + b"\x20" * (3 * width)) * height
    body = chunk(b"IHDR", header) + before + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body + after


def zeros(millions: int) -> bytes:
    """So many million zeros, deflated a thousandfold."""
    engine = zlib.compressobj(9)
    return b"".join(engine.compress(bytes(1_000_000)) for _each in range(millions)) + engine.flush()


def jpeg_header(width: int, height: int, *, marker: int = 0xC0) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + (
        bytes([0xFF, marker]) + struct.pack(">H", len(frame) + 2) + frame
    )


def jpeg_of_size(width: int, height: int) -> bytes:
    """A sound small JPEG whose header announces another size."""
    made = bytearray(picture((16, 16)))
    at = made.index(b"\xff\xc0") if b"\xff\xc0" in made else made.index(b"\xff\xc2")
    made[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(made)


def webp_header(width: int, height: int, flags: int = 0) -> bytes:
    body = b"WEBPVP8X" + struct.pack("<I", 10) + bytes([flags, 0, 0, 0])
    body += (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", len(body)) + body


def moving(kind: str) -> bytes:
    frames, out = [Image.new("RGB", (16, 16), (each, 0, 0)) for each in (0, 90, 180)], io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=50)
    return out.getvalue()


def noisy(size: tuple[int, int], kind: str, mode: str = "RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(out, kind, **more)
    return out.getvalue()


def with_app1(content: bytes, body: bytes) -> bytes:
    """A JPEG with one more APP1 segment, right after its start."""
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + content[2:]


def exif(entries: bytes, count: int = 1) -> bytes:
    return b"Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08" + struct.pack(">H", count) + entries


def object_stream(inside: bytes) -> bytes:
    packed = zlib.compress(inside)
    return b"5 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\n" % (
        len(packed), packed,
    )  # fmt: skip


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _disguised() -> list[Hostile]:
    return [
        Hostile("nothing at all", b"", "vide"),
        Hostile("a page named .jpg", b"<!DOCTYPE html><title>x</title>" + SCRIPT, PAGE),
        Hostile("a page in UTF-16", ("<html>" + SCRIPT.decode()).encode("utf-16"), PAGE),
        Hostile("PHP named .png", b"<?php system($_GET['c']);", PAGE, "x.php.png"),
        Hostile("a shell script", b"#!/bin/sh\nrm -rf /\n", PAGE, "a.sh"),
        Hostile("a program for Windows", b"MZ\x90\x00" + bytes(200), OTHER, "photo.jpg.exe"),
        Hostile("a program for Linux", b"\x7fELF" + bytes(200), OTHER),
        Hostile("a drawing with a script", SVG, DRAWING, "logo.svg"),
        Hostile("a drawing that reads files", XXE, DRAWING, "logo.png"),
        Hostile("a billion laughs", LAUGHS * 3, PAGE, "laughs.xml"),
        Hostile("a drawing, squeezed", b"\x1f\x8b\x08" + zlib.compress(SVG), ARCHIVE, "logo.svgz"),
        Hostile("a GIF", b"GIF89a\x01\x00\x01\x00\x80" + bytes(20), "GIF", "x.gif"),
        Hostile("a GIF that is a program (GIFAR)", b"GIF89a" + bytes(20) + ZIP, "GIF", "x.gif"),
        Hostile("a photo in HEIC", b"\x00\x00\x00\x18ftypheic" + bytes(40), HEIC, "IMG_1.HEIC"),
        Hostile("a photo in AVIF", b"\x00\x00\x00\x18ftypavif" + bytes(40), HEIC, "a.avif"),
        Hostile("a TIFF", b"II*\x00" + bytes(60), OTHER, "scan.tif"),
        Hostile("a BMP", b"BM" + bytes(60), OTHER, "a.bmp"),
        Hostile("PostScript", b"%!PS-Adobe-3.0\n(/etc/passwd) (r) file", OTHER, "a.eps"),
        Hostile("an archive", ZIP, ARCHIVE, "photos.zip"),
        Hostile("an archive of zeros (42.zip)", ZIP + zeros(4), ARCHIVE, "42.zip"),
        Hostile("a tar", bytes(257) + b"ustar\x0000" + bytes(200), ARCHIVE, "a.tar"),
        Hostile("an archive in 7z", b"7z\xbc\xaf\x27\x1c" + bytes(60), ARCHIVE, "a.7z"),
        Hostile("a text", b"bonjour", OTHER, "a.txt"),
        Hostile("a spreadsheet's formula", b"=cmd|' /C calc'!A0", OTHER, "=cmd|'.jpg"),
        Hostile("eleven million bytes", b"\xff\xd8\xff" + bytes(11_000_000), "10 Mo"),
        Hostile("a JPEG after a page", SCRIPT + picture(), PAGE),
        Hostile("a magic and nothing else", b"\x89PNG\r\n\x1a\n", BROKEN),
        Hostile("a WebP of twelve bytes", b"RIFF\x04\x00\x00\x00WEBP", BROKEN),
    ]


def _two_in_one() -> list[Hostile]:
    return [
        Hostile("a PNG with an archive behind", png(after=ZIP)),
        Hostile("a PNG with a page behind", png(after=SCRIPT)),
        Hostile("a JPEG with a program behind", picture() + b"\n/*" + SCRIPT + b"*/"),
        Hostile("a JPEG that is a script (comment)", picture(comment=b"*/=1;alert(1)/*")),
        Hostile("a JPEG with an archive in a segment", with_app1(picture(), ZIP)),
        Hostile("a WebP with an archive behind", picture(kind="WEBP") + ZIP),
        Hostile("a PNG with a page in a note", png(before=chunk(b"tEXt", b"Comment\0" + SCRIPT))),
        Hostile("PHP in the pixels' note", png(before=chunk(b"iTXt", b"a\0\0\0\0\0<?php phpinfo();"))),
        Hostile("a PDF behind a JPEG", picture() + document()),
        Hostile("a PDF", document(), KEPT, "deliberation.pdf"),
        Hostile("a page inside a PDF", document(before=b"%" + SCRIPT + b"\n"), TWO, "a.pdf"),
        Hostile("a PDF with an archive behind", document(after=ZIP), TWO, "a.pdf"),
        Hostile("a PDF with an archive inside", document(inside=ZIP), TWO, "a.pdf"),
        Hostile("a PDF cut short", document()[:80], TWO, "a.pdf"),
        Hostile("a PDF that runs", document(b"<</S/JavaScript/JS(app.alert\\(1\\))>>\n"), RUNS, "a.pdf"),
        Hostile("a PDF that hides that it runs", document(b"<</S/J#61vaScr#69pt>>\n"), RUNS, "a.pdf"),
        Hostile("a PDF that starts a program", document(b"<</S/Launch/F(calc)>>\n"), RUNS, "a.pdf"),
        Hostile("a PDF that carries a file", document(b"<</Type/EmbeddedFile>>\n"), RUNS, "a.pdf"),
        Hostile("a PDF that runs, deflated", document(object_stream(b"<</JS(1)>>")), RUNS, "a.pdf"),
        Hostile("a PDF of zeros", document(object_stream(bytes(40_000_000))), LARGE, "a.pdf"),
        Hostile("a PDF under lock", document(b"<</Encrypt 9 0 R>>\n"), LOCKED, "a.pdf"),
        Hostile("a link is no program", document(b"<</S/URI/URI(https://a.example)>>\n"), KEPT, "a.pdf"),
        Hostile(
            "a PDF whose picture says /JS", document(b"<<>>stream\n\x00/JS \x01\nendstream\n"), KEPT, "a.pdf"
        ),
    ]


def _bombs() -> list[Hostile]:
    bomb = zeros(300)
    return [
        Hostile("a PNG of 50,000 by 50,000", png(50_000, 50_000, rows=b"\0"), LARGE),
        Hostile("a WebP of 16,383 by 16,383", webp_header(16_383, 16_383), LARGE),
        Hostile("a JPEG of 50,000 by 50,000", jpeg_header(50_000, 50_000), LARGE),
        Hostile("a small JPEG that says 8,000 by 7,999", jpeg_of_size(8000, 7999)),
        Hostile("a JPEG that hides its size", b"\xff\xd8" + b"\xff" * 999 + b"\xc0\0\x11\x08\xff\xff\xff\xff", LARGE),
        Hostile("a PNG of no width", png(0, 8, rows=b""), BROKEN),
        Hostile("a PNG of 4 thousand million by one", png(0xFFFFFFFF, 1, rows=b"\0"), LARGE),
        Hostile("a PNG as long as it is thin", png(1, 9_000_000, rows=b"\0" * 9), BROKEN),
        Hostile("20 million pixels in 20 kB", png(5000, 4000, rows=bytes(15_001 * 4000))),
        Hostile("a zTXt bomb", png(before=chunk(b"zTXt", b"a\0\0" + bomb)), BROKEN),
        Hostile("an iTXt bomb", png(before=chunk(b"iTXt", b"a\0\x01\0\0\0" + bomb)), BROKEN),
        Hostile("an iCCP bomb", png(before=chunk(b"iCCP", b"a\0\0" + bomb)), BROKEN),
        Hostile("pixels that never end", png(rows=bytes(200_000_000))),
        Hostile("ten thousand notes", png(before=chunk(b"tEXt", b"a\0b") * 10_000)),
        Hostile("a moving PNG", moving("PNG"), MOVING, "a.png"),
        Hostile("a moving WebP", moving("WEBP"), MOVING, "a.webp"),
    ]  # fmt: skip


def _betraying() -> list[Hostile]:
    turned = photo_with_place()
    loop = exif(struct.pack(">HHII", 0x8769, 4, 1, 8))  # a directory that is inside itself
    preview = exif(struct.pack(">HHIIHHII", 0x0201, 4, 1, 60, 0x0202, 4, 1, 900), 2) + picture((32, 32))
    return [
        Hostile("a phone's photo, with its place", turned),
        Hostile("a photo with XMP", with_app1(picture(), b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS</x:xmpmeta>")),
        Hostile("a preview within a preview", with_app1(picture(), preview)),
        Hostile("notes that go round in circles", with_app1(picture(), loop)),
        Hostile("notes cut short", with_app1(picture(), b"Exif\x00\x00MM\x00\x2a\xff\xff")),
        Hostile("a TIFF bomb in the notes", with_app1(picture(), exif(struct.pack(">HHII", 0x0112, 3, 0xFFFFFFFF, 8)))),
        Hostile("a PNG with a place", picture(kind="PNG", exif=_place())),
        Hostile("a WebP with a place", picture(kind="WEBP", exif=_place())),
        Hostile("a profile with a text", picture(icc_profile=srgb())),
        Hostile("a profile of noise", picture(icc_profile=b"\x00\x00\x20\x00acsp" * 900)),
        Hostile("a TIFF that calls itself JPEG", b"\xff\xd8\xffII*\x00" + bytes(64), BROKEN),
    ]  # fmt: skip


def _place() -> bytes:
    notes = Image.Exif()
    notes.get_ifd(0x8825).update({1: "N", 2: (47.0, 23.0, 12.5)})
    return notes.tobytes()


def _odd() -> list[Hostile]:
    sound = noisy((320, 240), "JPEG")
    wrong, worse = bytearray(png(32, 32)), bytearray(png(32, 32))
    wrong[-14] ^= 0xFF  # the last pixels' sum: nobody needs it, and we write our own
    worse[30] ^= 0xFF  # the header's
    deep = png(16, 16, depth=16, colour=0, rows=(b"\0" + b"\x80\x00" * 16) * 16)
    return [
        Hostile("a JPEG of a press", picture(mode="CMYK", colour=(0, 90, 90, 10))),
        Hostile("a grey JPEG", picture(mode="L", colour=90)),
        Hostile("a grey PNG of 16 bits", deep),
        Hostile("a PNG with a palette and a hole", picture(kind="PNG", mode="P", colour=0, transparency=0)),
        Hostile("a PNG half transparent", picture(kind="PNG", mode="RGBA", colour=(9, 9, 9, 99))),
        Hostile("a black and white PNG", picture(kind="PNG", mode="1", colour=1)),
        Hostile("an interlaced PNG", png(1, 1, interlace=1, rows=b"\0\x20\x20\x20")),
        Hostile("a progressive JPEG", noisy((300, 200), "JPEG", progressive=True)),
        Hostile("one pixel", png(1, 1)),
        Hostile("a PNG whose last sum is wrong", bytes(wrong)),
        Hostile("a PNG whose header is not its own", bytes(worse), BROKEN),
        *(
            Hostile(f"a JPEG cut at {part} %", sound[: len(sound) * part // 100], BROKEN)
            for part in (1, 10, 50, 90)
        ),
        *(Hostile(f"a PNG cut at {at} bytes", png(64, 64)[:at], BROKEN) for at in (20, 33, 45)),
        Hostile("a WebP cut in half", picture(kind="WEBP")[:60], BROKEN),
    ]


def _named() -> list[Hostile]:
    """A name says nothing, goes nowhere, and is not kept: the file behind it is judged alone."""
    names = (
        "../../etc/passwd", "..\\..\\boot.ini", "photo\x00.php", "x" * 4000 + ".jpg", "gpj.\u202ephp.exe",
        "=HYPERLINK(1)", "<img src=x onerror=alert(1)>.jpg", "con.jpg", "", ".htaccess", "a\r\nSet-Cookie: b=c",
    )  # fmt: skip
    return [Hostile(f"a photo named {name[:24]!r}", picture((24, 24)), KEPT, name) for name in names]


_MADE: list[Callable[[], list[Hostile]]] = [_disguised, _two_in_one, _bombs, _betraying, _odd, _named]


def hostile_files() -> list[Hostile]:
    return [each for make in _MADE for each in make()]
