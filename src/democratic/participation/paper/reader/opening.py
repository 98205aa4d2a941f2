"""One page of what was sent, as grey pixels. Run inside ``program.py``'s limits, never by a page or a worker."""

import io
import warnings
from typing import Any

MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 40_000_000, "TIFF": 40_000_000}
LONGEST = 3600  # pixels of the longer side: A4 at 300 dots an inch
_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
)


class Refused(Exception):
    """Its code: the parent has the words."""


def open_page(content: bytes, number: int, most: int) -> tuple[int, Any]:
    """How many pages there are, and this one as a grey image of Pillow's. Refused: more than ``most``."""
    if content.startswith(b"%PDF-"):
        return _drawn(content, number, most)
    kind = next((kind for magic, kind in _MAGIC if content.startswith(magic)), None)
    if kind is None:
        raise Refused("not_a_scan")
    return _decoded(kind, content, number, most)


def _drawn(content: bytes, number: int, most: int) -> tuple[int, Any]:
    """Drawn by PDFium, which is built without a script engine; forms are not opened: nothing of it runs."""
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415  after the limits

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_locked" if "password" in str(error).lower() else "broken") from error
    if len(document) > most:
        raise Refused("too_many")
    page = document[number]
    drawn = page.render(scale=LONGEST / max(page.get_size()), grayscale=True, may_draw_forms=False)
    return len(document), drawn.to_pil().convert("L")


def _decoded(kind: str, content: bytes, number: int, most: int) -> tuple[int, Any]:
    from PIL import Image, ImageOps  # noqa: PLC0415  after the limits

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS[kind]
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    image = Image.open(io.BytesIO(content), formats=[kind])
    pages = getattr(image, "n_frames", 1) if kind == "TIFF" else 1
    if pages > most:
        raise Refused("too_many")
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
