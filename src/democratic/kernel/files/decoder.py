"""The program that opens a file that someone sent: started for that one file, bounded, then gone.

``python -I decoder.py clean KIND PIXELS`` or ``… thumbnails KIND WIDTH WIDTH``: the file on standard input; on
standard output one line of JSON, then the bytes of each part that it names. It is run by its path, with no
environment, and imports nothing of ours: it knows no secret, no database and no setting.
"""

import io
import json
import re
import resource
import struct
import sys
import warnings
import zlib
from collections.abc import Iterator
from typing import Any

MEMORY, SECONDS, OUTPUT = 280_000_000, 10, 32_000_000
LARGEST = 2048  # pixels, either side, of what is kept
JPEG_QUALITY, WEBP_QUALITY, THUMBNAIL_QUALITY = 85, 85, 78

_TURNS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # EXIF's orientation -> Pillow's Transpose
_ORIENTATION = 0x0112
_MOST_INFLATED = 16 * 1024 * 1024

_STREAM = re.compile(rb"stream\r?\n(.*?)\bendstream", re.DOTALL)
_HEX = re.compile(rb"#([0-9a-fA-F]{2})")
_RUNS = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|ImportData|SubmitForm|GoToE|Movie|Rendition)(?![A-Za-z0-9])"
)
_LOCKED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
# What lets a screen reader read it (ISO 14289-1, 7.1 and 7.2): a tree of tags, a language, and words that are
# drawn with letters, where a scan has none.
_READ = {
    "tags": re.compile(rb"/StructTreeRoot(?![A-Za-z0-9])"),
    "language": re.compile(rb"/Lang\s*(?:\(\s*[^\s)]|<\s*[0-9a-fA-F])"),
    "text": re.compile(rb"/Font(?![A-Za-z0-9])"),
}
_MARKUP = re.compile(rb"<\s*(?:html|script|!doctype|body|svg|\?php)", re.IGNORECASE)
_HEAD, _ZIP_TAIL = 1024, 65_557  # where a page would start; where the index of an archive can be


class Refused(Exception):
    """Its code: the parent has the words."""


def bind() -> None:
    """Less than the parent allows itself, before a byte is read."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def open_image(kind: str, content: bytes, most_pixels: int) -> Any:
    from PIL import Image  # noqa: PLC0415  after the limits

    Image.MAX_IMAGE_PIXELS = most_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    image = Image.open(io.BytesIO(content), formats=[kind])
    # A phone's JPEG may carry a second picture (depth, dynamic range): the first is the photo.
    if kind != "JPEG" and getattr(image, "is_animated", False):
        raise Refused("animated")
    return image


def clean_image(kind: str, content: bytes, most_pixels: int) -> tuple[dict[str, Any], list[bytes]]:
    """What is kept is what we drew: upright, in sRGB, with nothing that was beside the pixels."""
    image = open_image(kind, content, most_pixels)
    profile, turn = image.info.get("icc_profile"), _turn_of(image)
    image.draft(None, (LARGEST, LARGEST))  # a JPEG is decoded at the nearest fraction
    image.load()
    drawn = _eight_bits(image)
    drawn.thumbnail((LARGEST, LARGEST))
    if turn is not None:
        drawn = drawn.transpose(turn)
    bare = _bare(_in_srgb(drawn, profile))
    return {"width": bare.width, "height": bare.height}, [_encoded(bare, kind)]


def _turn_of(image: Any) -> int | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION))
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, struct.error, OverflowError):
        return None  # broken notes beside sound pixels: the notes go anyway


def _eight_bits(image: Any) -> Any:
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value * (1 / 256) + 0).convert("L")
    if image.mode in ("P", "PA") or "transparency" in image.info:
        return image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.mode == "LA":
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK") else image.convert("RGB")


def _in_srgb(image: Any, profile: bytes | None) -> Any:
    from PIL import ImageCms  # noqa: PLC0415  after the limits

    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            return image.convert("RGB")  # a profile that cannot be read says nothing of the colours
    return image.convert("RGB") if image.mode == "CMYK" else image


def _bare(image: Any) -> Any:
    """The pixels in a new image: no note, profile, comment or preview can follow them."""
    from PIL import Image  # noqa: PLC0415  after the limits

    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _encoded(image: Any, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        image.save(out, "JPEG", quality=JPEG_QUALITY, progressive=True)
    elif kind == "PNG":
        image.save(out, "PNG", compress_level=6)
    else:
        image.save(out, "WEBP", quality=WEBP_QUALITY, method=2)
    return out.getvalue()


def thumbnails(kind: str, content: bytes, widths: list[int]) -> tuple[dict[str, Any], list[bytes]]:
    image = open_image(kind, content, LARGEST * LARGEST)
    image.load()
    parts = []
    for width in widths:
        small = image.copy()
        small.thumbnail((width, 4 * width))
        out = io.BytesIO()
        small.save(out, "WEBP", quality=THUMBNAIL_QUALITY, method=4)
        parts.append(out.getvalue())
    return {"width": image.width, "height": image.height}, parts


def check_pdf(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Kept as it is when it is a document and nothing else; refused when it could run or carry something."""
    if not content.rstrip(b"\r\n\t \x00").endswith(b"%%EOF") or _MARKUP.search(content[:_HEAD]):
        raise Refused("two_things")
    if b"PK\x05\x06" in content[-_ZIP_TAIL:]:
        raise Refused("two_things")
    lacks = set(_READ)
    for text in _readable(content):
        plain = _HEX.sub(lambda found: bytes([int(found[1], 16)]), text)
        if _RUNS.search(plain):
            raise Refused("pdf_runs")
        if _LOCKED.search(plain):
            raise Refused("pdf_locked")
        lacks -= {what for what in lacks if _READ[what].search(plain)}
    return {"width": 0, "height": 0, "lacks": sorted(lacks)}, [content]


def _readable(content: bytes) -> Iterator[bytes]:
    """Everything between the streams, then the streams that hold objects, inflated within bounds."""
    yield _STREAM.sub(b" ", content)
    left, at = _MOST_INFLATED, 0
    for found in _STREAM.finditer(content):
        about = _HEX.sub(lambda one: bytes([int(one[1], 16)]), content[at : found.start()])
        at = found.end()
        if b"/ObjStm" not in about[-_HEAD:]:
            continue
        try:
            inflated = zlib.decompressobj().decompress(found[1], left)
        except zlib.error:
            raise Refused("pdf_locked") from None
        left -= len(inflated)
        if left <= 0:
            raise Refused("too_large")
        yield inflated


def answer(words: list[str], content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    task, kind, *numbers = words
    if kind == "PDF":
        return check_pdf(content)
    if task == "thumbnails":
        return thumbnails(kind, content, [int(number) for number in numbers])
    return clean_image(kind, content, int(numbers[0]))


def peak_kilobytes() -> int:
    """Of this program since it was started; what the kernel counts for a child includes its parent's."""
    with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123  pathlib is one more import
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main() -> None:
    bind()
    parts: list[bytes] = []
    try:
        told, parts = answer(sys.argv[1:], sys.stdin.buffer.read())
    except Refused as refused:
        told = {"refused": str(refused)}
    except MemoryError:
        told = {"refused": "too_large"}
    except Exception as error:  # noqa: BLE001  whatever a decoder raises on such a file, it cannot be read
        is_bomb = type(error).__name__.startswith("DecompressionBomb")
        told = {"refused": "too_large" if is_bomb else "broken", "error": type(error).__name__}
    told |= {"sizes": [len(part) for part in parts], "peak": peak_kilobytes()}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(parts))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
