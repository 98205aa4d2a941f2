"""Reads of votes in a meeting: one, those of a meeting, hers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingVoice
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, visible_records

SHOWN = 20  # on the screens of a meeting


def _with_words(soundings: QuerySet[Sounding]) -> QuerySet[Sounding]:
    """With how many voices there are now: a number, and nothing of what they say."""
    return soundings.select_related(
        "record__wording", "record__authority", "again_of__record"
    ).prefetch_related("options")


def get_sounding_for(viewer: Viewer, code: str) -> Sounding:
    """With its words, options, meeting and what it asks again, in two queries. Raises RecordNotFound."""
    shown = Sounding.objects.filter(record__in=visible_records(viewer), record__code=code)
    found = _with_words(shown).select_related(
        "record__withdrawal",
        "meeting__record__wording",
        "meeting__process__record__wording",
        "again_of__record__wording",
    )
    sounding = found.first()
    if sounding is None:
        raise RecordNotFound(code)
    return sounding


def sounding_of(meeting: Meeting, code: str) -> Sounding | None:
    """For who runs it: drafts included."""
    here = Sounding.objects.filter(
        meeting=meeting,
        record__code=code,
        record__visibility__in=(Visibility.PUBLIC, Visibility.DRAFT),
    )
    return _with_words(here).select_related("meeting__record__wording").first()


def soundings_shown(meeting: Meeting, *, limit: int = SHOWN) -> list[Sounding]:
    """On every screen: those that are open first, then the last to close. Each with ``voices_n``. Two queries."""
    opened = Sounding.objects.filter(
        meeting=meeting, record__visibility=Visibility.PUBLIC, record__withdrawal=None
    ).exclude(opened_at=None)
    newest = _counted(_with_words(opened)).order_by(F("closed_at").desc(nulls_first=True), "-opened_at")
    return _in_it(meeting, newest[:limit])


def _in_it(meeting: Meeting, found: Iterable[Sounding]) -> list[Sounding]:
    """Each knows its meeting as it was read, with its Record."""
    soundings = list(found)
    for sounding in soundings:
        sounding.meeting = meeting
    return soundings


def _counted(soundings: QuerySet[Sounding]) -> QuerySet[Any]:
    cast = SoundingVoice.objects.filter(sounding=OuterRef("pk")).order_by().values("sounding")
    return soundings.annotate(voices_n=Coalesce(Subquery(cast.annotate(n=Count("pk")).values("n")), 0))


def voices_in(sounding: Sounding) -> int:
    """How many, while it is open."""
    return SoundingVoice.objects.filter(sounding=sounding).count()


def soundings_to_run(meeting: Meeting, *, offset: int, limit: int) -> tuple[list[Sounding], int]:
    """For who runs it: drafts included, the newest first, and how many there are."""
    all_of_them = Sounding.objects.filter(
        meeting=meeting, record__visibility__in=(Visibility.PUBLIC, Visibility.DRAFT)
    )
    page = _counted(_with_words(all_of_them)).order_by("-record__recorded_at", "-pk")[offset : offset + limit]
    return _in_it(meeting, page), all_of_them.count()


def counts_of(soundings: Sequence[Sounding]) -> dict[UUID, list[SoundingCount]]:
    """What was counted by hand, verified or not, the last entered first."""
    found: dict[UUID, list[SoundingCount]] = {}
    for count in SoundingCount.objects.filter(sounding__in=soundings).order_by("-entered_at", "-pk"):
        found.setdefault(count.sounding_id, []).append(count)
    return found


def voices_of(person: Person | None, soundings: Sequence[Sounding]) -> dict[UUID, SoundingVoice]:
    """What she gave last in each, under any name of hers. One query, none for nobody."""
    if person is None or not soundings:
        return {}
    hers = SoundingVoice.objects.filter(
        sounding__in=[each.pk for each in soundings], person__in=person_and_claimed(person)
    )
    return {voice.sounding_id: voice for voice in hers.order_by("given_at", "pk")}


def open_for_later(meeting: Meeting, now: datetime, *, limit: int = SHOWN) -> list[Sounding]:
    """Where one can still vote without having been there: closed in the meeting, or open in it now."""
    shown = Sounding.objects.filter(
        meeting=meeting, record__visibility=Visibility.PUBLIC, record__withdrawal=None
    ).exclude(opened_at=None)
    is_later = Q(closed_at__isnull=False, later_until__gt=now, is_final=False)
    return _in_it(meeting, _with_words(shown.filter(is_later)).order_by("closed_at", "pk")[:limit])


def objections_to(viewer: Viewer, sounding: Sounding, *, limit: int = SHOWN) -> list[Record]:
    """What was said on the wall against a proposal, the first first."""
    said = visible_records(viewer).filter(wall_question__objects_to=sounding)
    return list(said.select_related("wording").order_by("recorded_at", "pk")[:limit])


def objected_to(viewer: Viewer, sounding_id: UUID | None) -> Sounding | None:
    """The proposal to which something on the wall is an objection, while it is shown."""
    if sounding_id is None:
        return None
    shown = Sounding.objects.filter(record__in=visible_records(viewer), pk=sounding_id)
    return _with_words(shown).select_related("meeting__record").first()


def asked_again_as(viewer: Viewer, sounding: Sounding) -> Sounding | None:
    """The vote that asks the same again, once it is shown."""
    again = Sounding.objects.filter(again_of=sounding, record__in=visible_records(viewer))
    return again.select_related("record__wording").prefetch_related("options").first()
