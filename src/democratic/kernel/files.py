"""Files, kept by the SHA-256 of their content behind Django's storage API, and private by default."""

import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal

MAX_BYTES = 10 * 1024 * 1024
_MAGIC = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def content_type_of(head: bytes) -> str:
    """The type that the content shows, whatever the name claims. PDF, PNG and JPEG; refused otherwise."""
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    raise Refusal(_("Ce fichier n’est ni un PDF, ni une image PNG, JPEG ou WebP."), field="file")


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def store_file(chunks: Iterable[bytes]) -> StoredFile:
    """Keep a file of at most 10 MB. The same content is kept once."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_BYTES:
            raise Refusal(_("Ce fichier dépasse 10 Mo. Réduisez-le, ou donnez un lien."), field="file")
    kind = content_type_of(bytes(content[:16]))
    digest = hashlib.sha256(content).hexdigest()
    storage = storages["private"]
    # The file first, its row after: a crash between the two leaves a file nobody names, never a broken name.
    if not storage.exists(path_of(digest)):
        storage.save(path_of(digest), ContentFile(bytes(content)))
    stored, _created = StoredFile.objects.get_or_create(
        sha256=digest, defaults={"size": len(content), "content_type": kind}
    )
    return stored


def open_file(stored: StoredFile) -> bytes:
    with storages["private"].open(path_of(stored.sha256)) as handle:
        content: bytes = handle.read()
        return content
