"""Photos and voices of captures: after the text, in any order, each kept once, and seen by nobody but the desk."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.files import (
    FileKind,
    hold_file,
    kind_of,
    release_files,
    store_file,
    store_voice,
    voice_type_of,
)
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal
from democratic.participation.street.models import StreetCapture, StreetFile
from democratic.thread.models import Attachment

PHOTOS = ("image/jpeg", "image/webp")
VOICES = ("audio/webm", "audio/ogg", "audio/mp4")
MOST_BYTES = {**dict.fromkeys(PHOTOS, 8 * 1024 * 1024), **dict.fromkeys(VOICES, 20 * 1024 * 1024)}
HIGHEST = 99  # of the numbers of files: a photo that was taken again has a number of its own


def keep_street_file(
    *, capture: StreetCapture, n: int, content_type: str, content: bytes, clock: Clock
) -> None:
    """Once for each number: what is sent again, or after somebody read the capture, changes nothing.

    Refusal: it cannot be read, or was not announced. The capture stays as it is.
    """
    if not _is_awaited(capture, n):
        return
    stored = _stored(content_type, content, clock)
    with transaction.atomic():
        # Looked at again under a lock: of two that come at once, one may be more than what was announced.
        locked = StreetCapture.objects.select_for_update().get(pk=capture.pk)
        if _is_awaited(locked, n):
            hold_file(stored)
            StreetFile.objects.create(capture=locked, n=n, file=stored)


def _is_awaited(capture: StreetCapture, n: int) -> bool:
    """False: it is there, or somebody read the capture meanwhile. Refusal: it was not announced."""
    kept = StreetFile.objects.filter(capture=capture)
    if kept.filter(n=n).exists() or capture.state != StreetCapture.State.RECEIVED:
        return False
    announced = sum(capture.payload.get(name, 0) for name in ("photos", "voices"))
    if kept.count() >= announced or n > HIGHEST:
        raise Refusal(_("Ce fichier n’était pas annoncé."), field="n")
    return True


def _stored(content_type: str, content: bytes, clock: Clock) -> StoredFile:
    if content_type in PHOTOS:
        if kind_of(content) == FileKind.PDF:
            raise Refusal(_("Une photo, et non un document."))
        return store_file([content], clock=clock)
    if voice_type_of(content) != content_type:
        raise Refusal(_("Cet enregistrement ne se lit pas : gardez-le sur l’appareil, et écrivez la parole."))
    return store_voice(content, clock=clock)


def let_go(captures: Collection[StreetCapture], *, now: datetime) -> None:
    """Their files are held for them no more; the bytes go when nothing else shows them."""
    files = StreetFile.objects.filter(capture__in=captures)
    held = sorted(set(files.values_list("file", flat=True)))
    files.delete()
    still = set(Attachment.objects.filter(file__in=held).values_list("file", flat=True))
    still |= set(StreetFile.objects.filter(file__in=held).values_list("file", flat=True))
    release_files([each for each in held if each not in still], now=now)
