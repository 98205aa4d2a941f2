"""Photos and voices that people send: expected at their step or with a letter, held once here, and let go of.

Nothing is fetched here (``fetching.py``), and nobody sees one before an agent released it (``releasing.py``).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from civics.reach.engine import NO_MEDIUM, Kept
from civics.reach.reading import MEDIA, Heard
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.data_classes import SENT_FILES
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.files import Holding, hold_file, release_files
from democratic.kernel.models import StoredFile
from democratic.kernel.text import clean_line
from democratic.participation.conversations.models import FlowAnswer, FlowFile, FlowRun
from democratic.participation.street.models import StreetFile
from democratic.thread.models import Attachment

State = FlowFile.State
Media = Sequence[Mapping[str, Any]]
WORDS = 300  # signs


@dataclass(frozen=True, slots=True)
class Came:
    """One message: what the engine hears of it, and the files that it names, as ``IncomingMessage.media``."""

    heard: Heard
    media: Media = ()


@dataclass(frozen=True, slots=True)
class Room:
    """How many of what came are taken, and how many are left, of one sort."""

    kept: int
    left: int = 0


def is_sent(kept: Kept) -> bool:
    return kept.kind in MEDIA and kept.value != NO_MEDIUM


def media_of(media: Media, kind: str) -> list[Mapping[str, Any]]:
    """Those of one sort, in their order."""
    return [each for each in media if each.get("kind") == kind]


def kinds_in(media: Media) -> set[str]:
    return {str(each.get("kind")) for each in media}


def room_for(media: Media, kind: str, most: int) -> Room:
    came = len(media_of(media, kind))
    return Room(min(came, most), max(0, came - most))


def expect_files(*, answer: FlowAnswer, sent: Media, words: str, now: datetime) -> None:
    """In the transaction of what was heard. ``sent``: each {kind, ref} as a provider calls it, or {kind, file}: it is here.

    Those of an answer: sent again, they take the place of the first.
    """
    let_go(FlowFile.objects.filter(answer=answer), now=now)
    for each in sent:
        expect(FlowFile(answer=answer, words=clean_line(words)[:WORDS]), each, now)


def expect_in_place(*, refused: FlowFile, sent: Mapping[str, Any], words: str, now: datetime) -> None:
    """Of one that could not be taken; the others of the same answer stay."""
    let_go(FlowFile.objects.filter(pk=refused.pk), now=now)
    expect(FlowFile(answer=refused.answer, words=clean_line(words or refused.words)[:WORDS]), sent, now)


def expect(row: FlowFile, sent: Mapping[str, Any], now: datetime) -> None:
    """``row`` says what it came with."""
    row.medium, row.sent_at, row.not_before = sent["kind"], now, now
    row.file = _held(sent.get("file", ""))
    if row.file is not None:
        row.state = State.KEPT
    else:
        row.state, row.ref = (State.AWAITED, sent["ref"]) if sent.get("ref") else (State.REFUSED, "")
    row.save(force_insert=True)


def _held(sha256: str) -> StoredFile | None:
    """What a page kept a moment ago; None when it was erased meanwhile."""
    stored = StoredFile.objects.filter(pk=sha256).first() if sha256 else None
    try:
        if stored is not None:
            hold_file(stored)
    except Holding:
        return None
    return stored


def refused_of(run: FlowRun, media: Media) -> FlowFile | None:
    """What could not be taken in this conversation, and what she sends now instead."""
    rows = FlowFile.objects.filter(answer__run=run, state=State.REFUSED, medium__in=kinds_in(media))
    return rows.select_related("answer").order_by("pk").first()


@transaction.atomic
def let_go(files: "QuerySet[FlowFile]", *, now: datetime) -> int:
    """They are forgotten, and their bytes when nothing else shows them. How many.

    The register of erasures names each: a backup that is restored brings none of them back.
    """
    rows = list(files.select_for_update(of=("self",)))
    held = sorted({row.file_id for row in rows if row.file_id})
    gone = [row.pk for row in rows]
    FlowFile.objects.filter(pk__in=gone).delete()
    release_unless_shown(held, now=now)
    note_erasure(ErasureKind.SENT, gone)
    return len(rows)


def release_unless_shown(held: Collection[str], *, now: datetime) -> None:
    still: set[str] = set()
    for model in (Attachment, StreetFile, FlowFile):
        still |= set(model.objects.filter(file__in=held).values_list("file", flat=True))
    release_files([each for each in held if each not in still], now=now)


def forget_files(*, person_ids: Collection[UUID], now: datetime) -> None:
    """All that she sent and that nobody published: she leaves, says STOP, or is under 15 after all."""
    hers = Q(answer__run__correspondent__person__in=person_ids) | Q(
        letter__conversation__person__in=person_ids
    )
    let_go(FlowFile.objects.filter(hers), now=now)


def forget_old_files() -> int:
    """What nobody released within its term."""
    now = DATABASE_CLOCK.now()
    return let_go(FlowFile.objects.filter(sent_at__lt=now - timedelta(days=SENT_FILES.term.length)), now=now)
