"""What a file is, read from its first bytes and its header alone: nothing here decodes anything."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal

MAX_BYTES = 10 * 1024 * 1024

_TOO_LARGE = _("Cette image est trop grande : réduisez-la à 5 000 points de côté, puis renvoyez-la.")
_BROKEN = _("Ce fichier est abîmé, incomplet ou trop lourd à ouvrir : enregistrez-le de nouveau, plus petit.")
_ANIMATED = _("Cette image est animée : donnez-en une photo fixe, en JPEG ou en PNG.")
_ARCHIVE = _("Nous ne prenons aucune archive : donnez les documents un par un, en PDF ou en image.")
_DRAWING = _("Un dessin SVG peut cacher un programme : exportez-le en PNG, puis envoyez le PNG.")
_PAGE = _("Ce fichier est une page ou du code : donnez un PDF ou une photo, ou son lien.")
_HEIC = _("Cette photo est en HEIC ou AVIF : envoyez-la en JPEG (« le plus compatible » sur le téléphone).")
_GIF = _("Nous ne prenons pas les GIF : enregistrez l’image en PNG ou en JPEG.")
_OTHER = _("Ce fichier n’est ni un PDF, ni une image PNG, JPEG ou WebP.")


class FileKind(StrEnum):
    """Named as Pillow names them; a PDF is not decoded."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    PDF = "PDF"

    @property
    def content_type(self) -> str:
        return "application/pdf" if self == FileKind.PDF else f"image/{self.value.lower()}"


# In pixels: what the decoder opens within its memory. A JPEG is read at a fraction of its size.
MOST_PIXELS = {FileKind.JPEG: 64_000_000, FileKind.PNG: 20_000_000, FileKind.WEBP: 16_000_000}


@dataclass(frozen=True, slots=True)
class _Unwanted:
    magic: bytes
    at: int
    why: Promise


_UNWANTED = (
    *(_Unwanted(magic, 0, _ARCHIVE) for magic in (
        b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd"
    )),
    _Unwanted(b"ustar", 257, _ARCHIVE),
    _Unwanted(b"GIF8", 0, _GIF),
    *(_Unwanted(b"ftyp" + brand, 4, _HEIC) for brand in (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")),
)  # fmt: skip
_MARKUP = (b"<!doctype", b"<html", b"<script", b"<?php", b"<body", b"#!", b"<iframe", b"<?xml", b"<!entity")
_LOOK = 1024  # bytes in which a page or a drawing shows itself


def kind_of(content: bytes) -> FileKind:
    """The kind that the content shows, whatever its name claims. Refused, with what to do instead, when it is
    not one that we take, when its header announces too many pixels, or when it holds more than one image.
    """
    if len(content) > MAX_BYTES:
        raise Refusal(_("Ce fichier dépasse 10 Mo. Réduisez-le, ou donnez un lien."), field="file")
    if not content:
        raise Refusal(_("Ce fichier est vide."), field="file")
    kind = _magic(content)
    if kind is None:
        raise Refusal(_why_not(content), field="file")
    if kind != FileKind.PDF:
        try:
            width, height = _SIZE[kind](content)
        except (struct.error, ValueError, IndexError):
            raise Refusal(_BROKEN, field="file") from None
        if width < 1 or height < 1:
            raise Refusal(_BROKEN, field="file")
        if width * height > MOST_PIXELS[kind]:
            raise Refusal(_TOO_LARGE, field="file")
    return kind


def _magic(content: bytes) -> FileKind | None:
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return FileKind.WEBP
    return None


def _why_not(content: bytes) -> Promise:
    for each in _UNWANTED:
        if content[each.at : each.at + len(each.magic)] == each.magic:
            return each.why
    start = content[:_LOOK].replace(b"\x00", b"").lower()  # UTF-16 reads as its letters
    if b"<svg" in start:
        return _DRAWING
    if any(each in start for each in _MARKUP):
        return _PAGE
    return _OTHER


def _png_size(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR":
        raise ValueError("a PNG starts with IHDR")
    at = 8
    while at + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if name == b"acTL":
            raise Refusal(_ANIMATED, field="file")
        if name == b"IDAT":
            break
        at += 12 + length
    width, height = struct.unpack(">II", content[16:24])
    return width, height


_NO_LENGTH = {0x01, *range(0xD0, 0xDA)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while True:
        while content[at] != 0xFF:  # noqa: PLR2004  a marker
            at += 1
        while content[at] == 0xFF:  # noqa: PLR2004  fill bytes
            at += 1
        marker = content[at]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", content[at + 4 : at + 8])
            return width, height
        if marker in _NO_LENGTH:
            at += 1
            continue
        (length,) = struct.unpack(">H", content[at + 1 : at + 3])
        at += 1 + length


def _webp_size(content: bytes) -> tuple[int, int]:
    form = content[12:16]
    if form == b"VP8X":
        if content[20] & 0x02:
            raise Refusal(_ANIMATED, field="file")
        wide, high = content[24:27], content[27:30]
        return int.from_bytes(wide, "little") + 1, int.from_bytes(high, "little") + 1
    if form == b"VP8L":
        (packed,) = struct.unpack("<I", content[21:25])
        return (packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no WebP starts like this")


_SIZE: dict[FileKind, Callable[[bytes], tuple[int, int]]] = {
    FileKind.PNG: _png_size,
    FileKind.JPEG: _jpeg_size,
    FileKind.WEBP: _webp_size,
}
