"""What was said at a session and is published, and what of it was new beside what had been said online."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from democratic.participation.street.models import CaptureKind, Newness, StreetCapture, StreetSession
from democratic.thread.models import Kind, Link, LinkKind, Record, Visibility
from democratic.thread.rules import Viewer, visible_records


@dataclass(frozen=True, slots=True)
class Beside:
    """How many published sentences were compared, by what came of it. Reactions to what was read aloud are not."""

    new: int = 0
    near: int = 0
    short: int = 0
    uncompared: int = 0

    @property
    def compared(self) -> int:
        return self.new + self.near + self.short

    def of(self, newness: str) -> int:
        return {Newness.NEW: self.new, Newness.NEAR: self.near, Newness.SHORT: self.short}[Newness(newness)]


def count_newness(viewer: Viewer, session: StreetSession) -> Beside:
    """One query."""
    shown = StreetCapture.objects.filter(
        session=session,
        kind=CaptureKind.QUOTE,
        record__in=visible_records(viewer).filter(kind=Kind.IDEA).values("pk"),
    )
    n = dict(shown.values_list("newness").annotate(n=Count("pk")).order_by())
    told = (n.get(each, 0) for each in (Newness.NEW, Newness.NEAR, Newness.SHORT, ""))
    return Beside(*told)


@dataclass(frozen=True, slots=True)
class Said:
    """``near``: what it is near to, when that still stands in public; empty ``newness``: it was not compared."""

    record: Record
    newness: str = ""
    near: Record | None = None


def said_at(
    viewer: Viewer, session: StreetSession, *, newness: str = "", offset: int, limit: int
) -> tuple[list[Said], int]:
    """In the order in which it was said, or of one ``newness`` alone. With how many: three queries."""
    found = _heard(viewer, session)
    if newness:
        compared = StreetCapture.objects.filter(session=session, newness=newness)
        found = found.filter(kind=Kind.IDEA, pk__in=compared.values("record"))
    rows = list(found.select_related("wording").order_by("happened_at", "pk")[offset : offset + limit])
    return _beside(session, rows), found.count()


def last_said(viewer: Viewer, session: StreetSession, *, limit: int) -> list[Record]:
    """The latest first; one query."""
    return list(_heard(viewer, session).select_related("wording").order_by("-happened_at", "-pk")[:limit])


def _heard(viewer: Viewer, session: StreetSession) -> QuerySet[Record]:
    heard = Link.objects.filter(source=session.pk, kind=LinkKind.SAID_IN, ended_by=None).values("target")
    return visible_records(viewer).filter(pk__in=heard, kind__in=(Kind.IDEA, Kind.COMMENT))


def _beside(session: StreetSession, rows: list[Record]) -> list[Said]:
    captures = StreetCapture.objects.filter(session=session, record__in=rows, kind=CaptureKind.QUOTE)
    by_record = {each.record_id: each for each in captures.select_related("near__wording")}
    said = []
    for record in rows:
        capture = by_record.get(record.pk)
        near = capture.near if capture else None
        # Of the same consultation, seen by the same people: what one may read of the first, one may of the second.
        if near and (near.visibility != Visibility.PUBLIC or near.audience_id != record.audience_id):
            near = None
        said.append(Said(record, capture.newness if capture else "", near))
    return said
