"""What one person follows, as everyone sees it, at every authority: what moved, and the days to come.

Her volumes are heard as by the notices: a key step at « Tout » and « Étapes clés », nothing of what she silenced.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from democratic.participation.answers.models import Answer
from democratic.participation.commitments.models import Commitment, Evidence
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.participation.reports.process_page import Move, moves_where
from democratic.people.models import Person
from democratic.thread.models import HEARD, Follow, Link, LinkKind, Record, Visibility, Volume
from democratic.thread.queries.wholes import running_splits

MOST = 200
"""Of what is followed, the newest first: as many as her page of follows shows."""

SHOWN = Q(record__visibility=Visibility.PUBLIC, record__audience__is_public=True)


@dataclass(frozen=True, slots=True)
class Followed:
    heard: frozenset[UUID]
    silenced: frozenset[UUID]


def followed_by(person: Person) -> Followed:
    rows = list(
        Follow.objects.filter(SHOWN, person=person)
        .order_by("-created_at")
        .values_list("record_id", "volume")[:MOST]
    )
    return Followed(
        frozenset(record for record, volume in rows if volume in HEARD),
        frozenset(record for record, volume in rows if volume == Volume.NOTHING),
    )


def moves_of(followed: Followed, limit: int) -> list[Move]:
    """The newest first, whichever authority moved."""
    if not followed.heard:
        return []
    heard, silenced = _with_what_follows(followed.heard), _with_what_follows(followed.silenced)
    which = Q(record__in=heard) | Q(process__in=followed.heard)
    hushed = Q(record__in=silenced) | Q(process__in=followed.silenced)
    return moves_where(which & ~hushed if silenced else which, limit)


def meetings_of(followed: Followed) -> list[Meeting]:
    """Those followed, and those of the processes followed, the last first."""
    ids = followed.heard
    found = Meeting.objects.filter(SHOWN, Q(pk__in=ids) | Q(process__in=ids)).exclude(
        Q(pk__in=followed.silenced) | Q(process__in=followed.silenced)
    )
    return list(
        found.select_related("record__wording", "record__authority").order_by("-starts_at", "-pk")[:MOST]
    )


def processes_of(followed: Followed) -> list[Process]:
    found = Process.objects.filter(SHOWN, pk__in=followed.heard)
    return list(found.select_related("record__wording", "authority").order_by("pk"))


def commitments_of(followed: Followed) -> list[Commitment]:
    found = Commitment.objects.filter(SHOWN, pk__in=followed.heard)
    return list(found.select_related("record__wording", "record__authority", "service").order_by("pk"))


def _with_what_follows(ids: Collection[UUID]) -> set[UUID]:
    """These, the answers to them or to what stands for them, the commitments of a decision, the evidence given."""
    if not ids:
        return set()
    subjects = {*ids, *_standing_for(ids)}
    found = (
        Answer.objects.filter(subject__in=subjects)
        .values_list("pk")
        .union(
            Commitment.objects.filter(decision__in=ids).values_list("pk"),
            Evidence.objects.filter(subject__in=ids).values_list("pk"),
        )
    )
    return {*ids, *(pk for (pk,) in found)}


def _standing_for(ids: Collection[UUID]) -> set[UUID]:
    """An idea is answered by its theme, by the one that it was merged into, or in its parts."""
    merged = Link.objects.filter(kind=LinkKind.MERGED_INTO, ended_by=None, source__in=ids)
    parts = running_splits().filter(target__in=ids)
    grouped = Record.objects.filter(pk__in=ids, theme__isnull=False)
    found = grouped.values_list("theme_id").union(
        merged.values_list("target_id"), parts.values_list("source_id")
    )
    return {pk for (pk,) in found}
