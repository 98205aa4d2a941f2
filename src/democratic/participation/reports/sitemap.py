"""The public pages of an authority, for those who index it."""

from democratic.thread.models import Kind
from democratic.thread.rules import Viewer, visible_records

# Comments are read on the page of what they comment; evidence and actions on that of their commitment.
INDEXED = (
    Kind.MANDATE, Kind.PROCESS, Kind.IDEA, Kind.MEETING, Kind.THEME, Kind.ANSWER, Kind.DECISION,
    Kind.COMMITMENT, Kind.ORGANISATION, Kind.OBSERVATORY, Kind.HEARING, Kind.VERDICT, Kind.POLL, Kind.RULING,
    Kind.PAGE, Kind.NEWS, Kind.COLUMN, Kind.STREET_SESSION, Kind.SOUNDING, Kind.WALL_QUESTION,
)  # fmt: skip


def public_pages(viewer: Viewer, limit: int) -> list[tuple[str, str, str | None]]:
    """(kind, code, slug of a process) of the latest public Records."""
    return list(
        visible_records(viewer)
        .filter(kind__in=INDEXED)
        .order_by("-recorded_at", "-pk")
        .values_list("kind", "code", "as_process__slug")[:limit]
    )
