"""Addresses of files, and what a page needs to draw a photo: its size is known before it arrives."""

from typing import Any

from democratic.kernel.files import THUMBNAILS
from democratic.kernel.models import StoredFile
from democratic.thread.models import Attachment
from democratic.web.places import at

SMALL, LARGE = THUMBNAILS
_OF_OLD = (1200, 750)  # kept before sizes were


def file_path(file: StoredFile, width: int = 0) -> str:
    return at(f"/fichiers/{file.sha256}/{width}" if width else f"/fichiers/{file.sha256}")


def photo_of(attachment: Attachment | None, *, shown_at: int = LARGE) -> dict[str, Any] | None:
    """``url`` of a thumbnail so many pixels wide, ``large``: the photo itself; None for a document."""
    if attachment is None or not attachment.file.is_image:
        return None
    file = attachment.file
    width, height = (file.width, file.height) if file.width else _OF_OLD
    shown = min(shown_at, width)
    return {
        "url": file_path(file, shown_at),
        "large": file_path(file),
        "width": shown,
        "height": max(1, round(height * shown / width)),
        "alt": attachment.record.spoken(attachment.alternative),
    }


def document_of(attachment: Attachment | None) -> str:
    """Where a document is downloaded; nothing for a photo."""
    return file_path(attachment.file) if attachment and not attachment.file.is_image else ""
