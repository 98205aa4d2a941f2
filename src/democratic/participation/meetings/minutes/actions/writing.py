"""A draft is written block by block. Two may write at once: who comes second sees what the first one wrote."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.actions.starting import MOST_BLOCKS, locked_draft
from democratic.participation.meetings.minutes.marks import mark_of, mark_of_text
from democratic.participation.meetings.minutes.models import BlockKind, Minutes, MinutesBlock
from democratic.participation.meetings.minutes.states import CATCH_UP_LINE, CATCH_UP_LINES
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.wall.models import WallQuestion

TEXT_LIMIT = 4_000


class WrittenMeanwhile(Conflict):
    """Someone else changed it since it was shown."""


class BlockGone(Conflict):
    """Someone else removed it since it was shown."""


@dataclass(frozen=True, slots=True)
class Said:
    """``seat`` empty: nobody's in particular. ``about``: a question or a vote of this meeting."""

    text: str
    kind: BlockKind = BlockKind.SAID
    seat: str = ""
    item: UUID | None = None
    about: UUID | None = None


@transaction.atomic
def save_block(*, minutes: Minutes, block: UUID, said: Said, seen: str) -> MinutesBlock:
    """``seen``: the mark of what was shown to whoever writes."""
    locked = locked_draft(minutes)
    values = _checked(locked.meeting, said)
    found = _unchanged(locked, block, seen)
    for name, value in values.items():
        setattr(found, name, value)
    found.save(update_fields=list(values))
    return found


@transaction.atomic
def add_block(*, minutes: Minutes, after: int, said: Said) -> MinutesBlock:
    """Right after the block of that rank; 0: first."""
    locked = locked_draft(minutes)
    values = _checked(locked.meeting, said)
    last = locked.blocks.aggregate(last=Max("rank"))["last"] or 0
    if locked.blocks.count() >= MOST_BLOCKS:
        raise Refusal(_("Un compte rendu tient en 300 passages : rassemblez-en quelques-uns."))
    rank = min(max(after, 0), last) + 1
    _shift(locked, rank, 1)
    return MinutesBlock.objects.create(minutes=locked, rank=rank, **values)


@transaction.atomic
def move_block(*, minutes: Minutes, block: UUID, is_up: bool) -> None:
    """One place up or down; at the end of the way, nothing."""
    locked = locked_draft(minutes)
    moved = _found(locked, block)
    others = locked.blocks.order_by("-rank" if is_up else "rank")
    beside = others.filter(rank__lt=moved.rank) if is_up else others.filter(rank__gt=moved.rank)
    other = beside.first()
    if other is None:
        return
    locked.blocks.filter(pk=other.pk).update(rank=-1)
    locked.blocks.filter(pk=moved.pk).update(rank=other.rank)
    locked.blocks.filter(pk=other.pk).update(rank=moved.rank)


@transaction.atomic
def remove_block(*, minutes: Minutes, block: UUID, seen: str) -> None:
    locked = locked_draft(minutes)
    removed = _unchanged(locked, block, seen)
    removed.delete()
    _shift(locked, removed.rank + 1, -1)


def _shift(minutes: Minutes, first: int, by: int) -> None:
    """The database checks each row as it moves: below zero, nothing is in the way."""
    minutes.blocks.filter(rank__gte=first).update(rank=-F("rank") - by)
    minutes.blocks.filter(rank__lt=0).update(rank=-F("rank"))


@transaction.atomic
def save_catch_up(*, minutes: Minutes, text: str, seen: str) -> None:
    locked = locked_draft(minutes)
    cleaned = checked_catch_up(text)
    if mark_of_text(locked.catch_up) != seen and locked.catch_up != cleaned:
        raise WrittenMeanwhile(
            _("Quelqu’un vient d’écrire l’essentiel autrement. Son texte est montré à côté du vôtre."),
            field="catch_up",
        )
    Minutes.objects.filter(pk=locked.pk).update(catch_up=cleaned)


def checked_catch_up(text: str) -> str:
    lines = [line for line in clean_text(text).split("\n") if line]
    if len(lines) > CATCH_UP_LINES:
        raise Refusal(_("Cinq lignes au plus : une idée par ligne."), field="catch_up")
    if any(len(line) > CATCH_UP_LINE for line in lines):
        raise Refusal(_("Une ligne tient en 240 signes : on la lit d’un souffle."), field="catch_up")
    return "\n".join(lines)


def _found(minutes: Minutes, block: UUID) -> MinutesBlock:
    found = minutes.blocks.filter(pk=block).first()
    if found is None:
        raise BlockGone(_("Ce passage vient d’être retiré par quelqu’un d’autre. Votre texte est gardé ici."))
    return found


def _unchanged(minutes: Minutes, block: UUID, seen: str) -> MinutesBlock:
    found = _found(minutes, block)
    if mark_of(found) != seen:
        raise WrittenMeanwhile(
            _("Quelqu’un vient d’écrire ce passage autrement. Son texte est montré à côté du vôtre."),
            field="text",
        )
    return found


def _checked(meeting: Meeting, said: Said) -> dict[str, Any]:
    text = clean_text(said.text)
    if not text:
        raise Refusal(_("Écrivez ce passage, ou retirez-le."), field="text")
    if len(text) > TEXT_LIMIT:
        raise Refusal(_("Un passage tient en 4 000 signes : coupez-le en deux."), field="text")
    if said.seat and said.seat not in Seat.values:
        raise Refusal(_("Choisissez l’une des places."), field="seat")
    if said.item and not AgendaItem.objects.filter(pk=said.item, meeting=meeting).exists():
        raise Refusal(_("Ce point n’est pas à l’ordre du jour."), field="item")
    if said.about and not _is_of(meeting, said.about):
        raise Refusal(_("Choisissez une question ou un vote de cette rencontre."), field="about")
    return {
        "text": text,
        "kind": said.kind,
        "seat": said.seat,
        "item_id": said.item,
        "about_id": said.about,
    }


def _is_of(meeting: Meeting, about: UUID) -> bool:
    """A question or a vote of this meeting, or a block's own promise, kept as it was."""
    return (
        WallQuestion.objects.filter(pk=about, meeting=meeting).exists()
        or Sounding.objects.filter(pk=about, meeting=meeting).exists()
        or MinutesBlock.objects.filter(about=about, minutes__meeting=meeting).exists()
    )
