"""Real images and a real document, made here: what people send, and what tests attach."""

import io

from PIL import Image


def picture(size=(640, 400), kind="JPEG", colour=(15, 82, 87), mode="RGB", **more) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **more)
    return out.getvalue()


def photo_with_place() -> bytes:
    """A JPEG of a phone: turned, with where it was taken, by which device, and a preview."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x010F], exif[0x013B] = "Marque", "Lina"
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 23.0, 12.5), 3: "E", 4: (6.0, 1.0, 30.0)})
    return picture(exif=exif.tobytes(), comment=b"a comment", icc_profile=None)


_OBJECTS = b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"


def document(inside: bytes = b"", after: bytes = b"", before: bytes = b"") -> bytes:
    return b"%PDF-1.7\n" + before + _OBJECTS + inside + b"trailer<</Root 1 0 R>>\n%%EOF\n" + after
