"""What was said, line by line: read in order, searched in French, and given back as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from civics.captions.webvtt import Cue
from democratic.participation.meetings.minutes.models import CaptionLine, Recording
from democratic.participation.meetings.models import Meeting
from democratic.thread.queries.clauses import fill, rows_of
from democratic.thread.queries.words import query_of

MARK_START, MARK_STOP = "\x02", "\x03"  # never in a line: kernel.text takes controls away

# The rank of a line among all says on which page of the whole it stands.
_FOUND = """
with asked as materialized (select {query} query),
lines as materialized (
  select id, at, text, row_number() over (order by at, id) n
  from participation_captionline where meeting_id = {meeting})
select id, at, n, count(*) over (), ts_headline('fr', text, asked.query, {marks})
from lines, asked where to_tsvector('fr', text) @@ asked.query
order by n limit {limit} offset {offset}
"""


@dataclass(frozen=True, slots=True)
class Line:
    """``n``: its place among all, from 1. ``text``: what was sought is between MARK_START and MARK_STOP."""

    id: UUID
    at: datetime
    n: int
    text: str


def lines_of(meeting: Meeting, *, offset: int, limit: int) -> tuple[list[Line], int]:
    """A page of all, and how many there are; two queries."""
    ordered = CaptionLine.objects.filter(meeting=meeting).order_by("at", "pk")
    rows = ordered.values_list("pk", "at", "text")[offset : offset + limit]
    found = [Line(pk, at, n, text) for n, (pk, at, text) in enumerate(rows, offset + 1)]
    return found, ordered.count()


def lines_that_say(meeting: Meeting, words: str, *, offset: int, limit: int) -> tuple[list[Line], int]:
    """A page of those that match, in the order of time, and how many do; one query."""
    marks = f"StartSel={MARK_START}, StopSel={MARK_STOP}, HighlightAll=true"
    rows = rows_of(
        fill(
            _FOUND,
            query=query_of(words),
            meeting=("%s", [meeting.pk]),
            marks=("%s", [marks]),
            limit=("%s", [limit]),
            offset=("%s", [offset]),
        )
    )
    return [Line(pk, at, n, text) for pk, at, n, _all, text in rows], rows[0][3] if rows else 0


def has_transcript(meeting: Meeting) -> bool:
    return CaptionLine.objects.filter(meeting=meeting).exists()


def cues_of(meeting: Meeting, recording: Recording | None) -> Iterator[Cue]:
    """From the beginning of that recording, or of the first line; a line without an end lasts until the next."""
    rows = list(
        CaptionLine.objects.filter(meeting=meeting).order_by("at", "pk").values_list("at", "until", "text")
    )
    if not rows:
        return
    zero = recording.starts_at if recording and recording.starts_at else rows[0][0]
    following = [*(at for at, _until, _text in rows[1:]), rows[-1][0] + _LAST]
    for (at, until, text), then in zip(rows, following, strict=True):
        ends = until or min(max(then, at + _SHORTEST), at + _LAST)
        if at >= zero:
            yield Cue(_milliseconds(at - zero), _milliseconds(ends - zero), text)


_SHORTEST, _LAST = timedelta(seconds=1), timedelta(seconds=7)


def _milliseconds(lapse: timedelta) -> int:
    return lapse // timedelta(milliseconds=1)
