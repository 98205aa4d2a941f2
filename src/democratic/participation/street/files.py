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
    if StreetFile.objects.filter(capture=capture, n=n).exists() or capture.state != capture.State.RECEIVED:
        return
    announced = sum(capture.payload.get(name, 0) for name in ("photos", "voices"))
    if StreetFile.objects.filter(capture=capture).count() >= announced or n > HIGHEST:
        raise Refusal(_("Ce fichier n’était pas annoncé."), field="n")
    stored = _stored(content_type, content, clock)
    with transaction.atomic():
        hold_file(stored)
        StreetFile.objects.bulk_create([StreetFile(capture=capture, n=n, file=stored)], ignore_conflicts=True)


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
