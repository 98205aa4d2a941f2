"""A draft is begun from what the meeting left, or from the version before it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.minutes.material import Piece, pieces_of
from democratic.participation.meetings.minutes.models import Minutes, MinutesBlock
from democratic.participation.meetings.minutes.rules import has_begun
from democratic.participation.meetings.minutes.states import SHOWN
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Record

MOST_BLOCKS = 300


@transaction.atomic
def start_minutes(*, meeting: Meeting, clock: Clock) -> Minutes:
    """The draft of the first version; begun twice, by two people even, it is one."""
    Record.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if draft := draft_of(meeting):
        return draft
    if Minutes.objects.filter(meeting=meeting).exists():
        raise Conflict(_("Le compte rendu est déjà proposé. Une correction en fait une nouvelle version."))
    fresh = Meeting.objects.select_related("record__authority").get(pk=meeting.pk)
    if not has_begun(fresh, clock.now()):
        raise Conflict(_("La rencontre n’a pas commencé : il n’y a rien à raconter encore."))
    minutes = Minutes.objects.create(meeting=meeting, version=1)
    _write(minutes, pieces_of(fresh), 0)
    return minutes


@transaction.atomic
def gather(*, minutes: Minutes) -> int:
    """Add at the end what the meeting produced since the draft was begun; how many blocks that made."""
    locked = locked_draft(minutes)
    blocks = list(locked.blocks.all())
    told = {block.about_id for block in blocks if block.about_id}
    items = {block.item_id for block in blocks if block.item_id and not block.about_id}
    missing = [piece for piece in pieces_of(locked.meeting) if not _is_told(piece, told, items)]
    _write(locked, missing, max((block.rank for block in blocks), default=0))
    return len(missing)


def _is_told(piece: Piece, about: set[UUID], items: set[UUID]) -> bool:
    return piece.about_id in about if piece.about_id else piece.item_id in items


@transaction.atomic
def open_next_version(*, meeting: Meeting) -> Minutes:
    """A draft of what is proposed, to correct it; the one that is under way if there is one."""
    Record.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if draft := draft_of(meeting):
        return draft
    last = Minutes.objects.filter(meeting=meeting, state__in=SHOWN).order_by("-version").first()
    if last is None or last.state == Minutes.State.APPROVED:
        raise Conflict(_("Le compte rendu est approuvé : il est définitif."))
    minutes = Minutes.objects.create(meeting=meeting, version=last.version + 1, catch_up=last.catch_up)
    MinutesBlock.objects.bulk_create(
        [
            MinutesBlock(
                minutes=minutes,
                rank=block.rank,
                kind=block.kind,
                text=block.text,
                seat=block.seat,
                item_id=block.item_id,
                about_id=block.about_id,
            )
            for block in last.blocks.all()
        ]
    )
    return minutes


def draft_of(meeting: Meeting) -> Minutes | None:
    return Minutes.objects.filter(meeting=meeting, state=Minutes.State.DRAFT).first()


def locked_draft(minutes: Minutes) -> Minutes:
    """With its meeting; refused once it was proposed."""
    found = Minutes.objects.select_for_update(of=("self",)).select_related(
        "meeting__record__authority", "meeting__record__wording"
    )
    locked = found.get(pk=minutes.pk)
    if locked.state != Minutes.State.DRAFT:
        raise Conflict(_("Cette version vient d’être publiée : elle ne change plus. Faites-en une nouvelle."))
    return locked


def _write(minutes: Minutes, pieces: Sequence[Piece], last: int) -> None:
    MinutesBlock.objects.bulk_create(
        [
            MinutesBlock(
                minutes=minutes,
                rank=rank,
                kind=piece.kind,
                text=piece.text,
                seat=piece.seat,
                item_id=piece.item_id,
                about_id=piece.about_id,
            )
            for rank, piece in enumerate(pieces[: max(0, MOST_BLOCKS - last)], last + 1)
        ]
    )
