"""What a question was merged into, and what was merged into it: read both ways, with why. Two queries."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from democratic.participation.meetings.wall.models import WallQuestion
from democratic.thread.models import Link, LinkKind, Opening, Visibility
from democratic.thread.rules import Viewer


@dataclass(frozen=True, slots=True)
class Tie:
    code: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Lineage:
    into: Tie | None
    merged: tuple[Tie, ...]


def lineage_of(viewer: Viewer, question: WallQuestion) -> Lineage:
    here = Q(source=question.pk) | Q(target=question.pk)
    shown = Q(source__visibility=Visibility.PUBLIC, target__visibility=Visibility.PUBLIC)
    found = Link.objects.filter(
        here, shown, kind=LinkKind.MERGED_INTO, ended_by=None, source__authority=viewer.authority
    )
    links = list(found.select_related("source__wording", "target__wording").order_by("source"))
    reasons = _reasons([link.entry_id for link in links])
    ties = {link.pk: _tie(link, question, reasons) for link in links}
    return Lineage(
        next((ties[link.pk] for link in links if link.source_id == question.pk), None),
        tuple(ties[link.pk] for link in links if link.target_id == question.pk),
    )


def _tie(link: Link, question: WallQuestion, reasons: dict[UUID, str]) -> Tie:
    other = link.target if link.source_id == question.pk else link.source
    return Tie(other.code, other.title, other.spoken(reasons.get(link.entry_id, "")))


def _reasons(entries: list[UUID]) -> dict[UUID, str]:
    said = Opening.objects.filter(entry__in=entries, part="reason")
    return {entry: str(value) for entry, value in said.values_list("entry", "value")}
