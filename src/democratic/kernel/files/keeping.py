"""Where files are: in Django's storage, under the SHA-256 of their content, as long as a Record shows them.

The row comes first and is committed before its bytes are written; whatever touches the bytes holds the
row's lock. So a crash, or a store that does not answer, leaves a row that nothing shows, which is erased
when its time comes: never bytes that nobody names, never a name without bytes.
"""

import hashlib
import io
import logging
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.files.cleaning import CleanFile, clean_file, thumbnails_of
from democratic.kernel.files.kinds import MAX_BYTES, kind_of
from democratic.kernel.files.scanning import scan
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal

logger = logging.getLogger(__name__)

THUMBNAILS = (320, 1280)  # pixels of width
MOST_TRIES = 3
BATCH = 20
UNSHOWN_FOR = timedelta(hours=1)  # between the upload and the act that shows it


class StorageSilent(Refusal):
    """The store of files does not answer: nothing was lost but the file itself."""

    status = 503


class Holding(Refusal):
    """The file was erased between its upload and the act that shows it."""

    status = 409


def path_of(sha256: str, width: int = 0) -> str:
    return f"{sha256[:2]}/{sha256}{f'.{width}' if width else ''}"


def store_file(chunks: Iterable[bytes], *, clock: Clock) -> StoredFile:
    """Make a file of at most 10 MB safe, and keep it. To be shown within an hour (``hold_file``), or erased."""
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MAX_BYTES:
            break
    sent = bytes(content)
    kind_of(sent)  # what we don't take is refused by its header: nothing opens it, nobody need scan it
    scan(sent)
    return keep_file(clean_file(sent), clock=clock)


def keep_file(clean: CleanFile, *, clock: Clock) -> StoredFile:
    """The same content is kept once. StorageSilent when the store does not answer."""
    digest = hashlib.sha256(clean.content).hexdigest()
    StoredFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "size": len(clean.content),
            "content_type": clean.content_type,
            "width": clean.width,
            "height": clean.height,
            "lacks": ",".join(clean.lacks),
            "erase_after": clock.now() + UNSHOWN_FOR,
        },
    )
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().get(pk=digest)
        if stored.erase_after is not None:
            stored.erase_after = clock.now() + UNSHOWN_FOR
            StoredFile.objects.filter(pk=digest).update(erase_after=stored.erase_after)
        _put(path_of(digest), ContentFile(clean.content))
    return stored


def keep_made(made: IO[bytes], *, content_type: str, clock: Clock, seconds: int | None = None) -> StoredFile:
    """A file kept as it is, of any size, read in pieces: to be held within the hour. StorageSilent."""
    made.seek(0)
    digest = hashlib.file_digest(made, "sha256").hexdigest()  # type: ignore[arg-type]
    due = clock.now() + UNSHOWN_FOR
    size = made.seek(0, io.SEEK_END)  # of bytes in memory, a digest leaves where we are
    fields = {"size": size, "content_type": content_type, "seconds": seconds, "erase_after": due}
    StoredFile.objects.get_or_create(sha256=digest, defaults=fields)
    with transaction.atomic():
        stored = StoredFile.objects.select_for_update().get(pk=digest)
        if stored.erase_after is not None:
            StoredFile.objects.filter(pk=digest).update(erase_after=due)
        made.seek(0)
        _put(path_of(digest), File(made))
    return stored


def _put(path: str, content: "File[bytes]") -> None:
    storage = storages["private"]
    try:
        if not storage.exists(path):
            storage.save(path, content)
    except OSError as error:
        logger.exception("the store of files does not answer")
        raise StorageSilent(
            _(
                "Le fichier n’a pas pu être gardé : notre réserve ne répond pas. Réessayez, ou envoyez sans lui."
            ),
            field="file",
        ) from error


def open_file(stored: StoredFile, width: int = 0) -> bytes:
    """The bytes, or those of a thumbnail. OSError: the store does not answer, or has lost them."""
    with storages["private"].open(path_of(stored.sha256, width)) as handle:
        content: bytes = handle.read()
        return content


def hold_file(stored: StoredFile) -> None:
    """A Record is about to show it, in the caller's transaction: it is not erased any more."""
    if not StoredFile.objects.filter(pk=stored.pk).update(erase_after=None):
        raise Holding(_("Ce fichier a été effacé entre-temps : choisissez-le de nouveau."), field="file")


def release_files(sha256s: Collection[str], *, now: datetime) -> None:
    """Nothing shows them any more: not served from now on, erased by the worker in the next seconds."""
    StoredFile.objects.filter(pk__in=sha256s).update(erase_after=now)


def erase_due_files(clock: Clock) -> int:
    """Erase bytes, thumbnails and row of what nothing shows. A store that fails keeps the row: tried again."""
    due = StoredFile.objects.filter(erase_after__lte=clock.now()).order_by("erase_after")
    return sum(_erase(sha256, clock) for sha256 in list(due.values_list("pk", flat=True)[:BATCH]))


def _erase(sha256: str, clock: Clock) -> int:
    storage = storages["private"]
    try:
        with transaction.atomic():
            due = StoredFile.objects.select_for_update(skip_locked=True).filter(pk=sha256)
            row = due.filter(erase_after__lte=clock.now()).first()
            if row is None:
                return 0
            row.delete()
            for width in (0, *THUMBNAILS):
                storage.delete(path_of(sha256, width))
    except ProtectedError:
        StoredFile.objects.filter(pk=sha256).update(erase_after=None)
        logger.error("file %s was to be erased, and a Record shows it: kept", sha256[:12])  # noqa: TRY400
        return 0
    except OSError as error:
        logger.warning("the store of files does not answer (%s): erased later", type(error).__name__)
        return 0
    return 1


def make_thumbnails() -> int:
    """For images that wait for theirs, each claimed alone. Without them the image itself is shown."""
    made = 0
    for _each in range(BATCH):
        with transaction.atomic():
            stored = _next_without_thumbnails()
            if stored is None:
                break
            tried = StoredFile.objects.filter(pk=stored.pk)
            tried.update(thumbnail_tries=F("thumbnail_tries") + 1)
            if _make(stored):
                tried.update(has_thumbnails=True)
                made += 1
    return made


def _next_without_thumbnails() -> StoredFile | None:
    waiting = StoredFile.objects.filter(
        has_thumbnails=False, width__gt=0, thumbnail_tries__lt=MOST_TRIES, erase_after=None
    )
    return waiting.order_by("thumbnail_tries", "created_at").select_for_update(skip_locked=True).first()


def _make(stored: StoredFile) -> bool:
    storage = storages["private"]
    try:
        content = open_file(stored)
        for width, part in zip(THUMBNAILS, thumbnails_of(content, kind_of(content), THUMBNAILS), strict=True):
            path = path_of(stored.sha256, width)
            storage.delete(path)  # of a try that was cut
            storage.save(path, ContentFile(part))
    except (OSError, Refusal) as error:
        logger.warning("no thumbnails of %s this time: %s", stored.sha256[:12], type(error).__name__)
        return False
    return True
