"""One page of what was sent, as grey pixels. Run inside ``program.py``'s limits, never by a page or a worker."""

import io
import re
import warnings
import zlib
from collections.abc import Iterator
from typing import Any

MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 40_000_000, "TIFF": 40_000_000}
LONGEST = 2600  # pixels of the longer side: A4 at 220 dots an inch
SHORTEST = 500  # what is smaller in a PDF is a logo
MOST_PAGES = 200
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)
_OBJECT = re.compile(rb"<<(?:[^<>]|<<[^<>]*>>|<[0-9A-Fa-f\s]*>)*>>\s*stream\r?\n")
_RUNS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|GoToE)(?![A-Za-z0-9])")
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_MOST_INFLATED = 24_000_000


class Refused(Exception):
    """Its code: the parent has the words."""


def open_page(content: bytes, number: int) -> tuple[int, Any]:
    """How many pages there are, and this one as a grey image of Pillow's, upright as its camera held it."""
    if content.startswith(b"%PDF-"):
        found = list(_scans_of(content))
        if not found:
            raise Refused("pdf_without_scans")
        return len(found), _decoded("JPEG", found[number], 0)[1]
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if kind is None:
        raise Refused("not_a_scan")
    return _decoded(kind, content, number)


def _decoded(kind: str, content: bytes, number: int) -> tuple[int, Any]:
    from PIL import Image, ImageOps  # noqa: PLC0415  after the limits

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS[kind]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    image = Image.open(io.BytesIO(content), formats=[kind])
    pages = min(getattr(image, "n_frames", 1), MOST_PAGES) if kind == "TIFF" else 1
    if number:
        image.seek(number)
    if image.width * image.height > MOST_PIXELS[kind]:
        raise Refused("too_large")
    image.draft("L", (LONGEST, LONGEST))  # a JPEG is decoded at the nearest fraction, in grey
    image.load()
    grey = _on_white(image)
    grey.thumbnail((LONGEST, LONGEST), Image.Resampling.BOX)
    return pages, ImageOps.exif_transpose(grey) or grey


def _on_white(image: Any) -> Any:
    from PIL import Image  # noqa: PLC0415  after the limits

    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        flat = image.convert("RGBA")
        ground = Image.new("RGBA", flat.size, "white")
        return Image.alpha_composite(ground, flat).convert("L")
    return image.convert("L")


def _scans_of(content: bytes) -> Iterator[bytes]:
    """The photographs of a PDF in the order of the file: what a scanner writes, one a page. Nothing of it is run."""
    if _RUNS.search(_HEX.sub(lambda found: bytes([int(found[1], 16)]), _heads_of(content))):
        raise Refused("pdf_runs")
    if b"/Encrypt" in content[-4096:]:
        raise Refused("pdf_locked")
    for number, found in enumerate(_OBJECT.finditer(content)):
        head = found[0]
        if number > 20 * MOST_PAGES:
            raise Refused("too_many")
        if b"/Image" not in head or b"DCTDecode" not in head or _small(head):
            continue
        end = content.find(b"endstream", found.end())
        stream = content[found.end() : end if end > 0 else len(content)]
        yield _inflated(stream) if b"FlateDecode" in head else stream


def _heads_of(content: bytes) -> bytes:
    """All but the streams, which are most of it; and those that hold objects, inflated within bounds."""
    parts, at, left = [], 0, _MOST_INFLATED
    for found in _OBJECT.finditer(content):
        parts.append(content[at : found.end()])
        end = content.find(b"endstream", found.end())
        at = end if end > 0 else len(content)
        if b"/ObjStm" in found[0]:
            held = zlib.decompressobj().decompress(content[found.end() : at], left)
            left -= len(held)
            if left <= 0:
                raise Refused("too_large")
            parts.append(held)
    return b" ".join([*parts, content[at:]])


def _small(head: bytes) -> bool:
    sides = re.findall(rb"/(?:Width|Height)\s+(\d{1,6})", head)
    return len(sides) != 2 or any(int(side) < SHORTEST for side in sides)  # noqa: PLR2004  two sides


def _inflated(stream: bytes) -> bytes:
    return zlib.decompressobj().decompress(stream, _MOST_INFLATED)
