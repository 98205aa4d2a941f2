"""The wall as every screen shows it: who has the floor, and what waits, the most supported first. Two queries."""

from django.template.loader import render_to_string
from django.utils.translation import ngettext

from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import Shelf, WallCounts, wall_counts
from democratic.web.formats import number
from democratic.web.meetings.topics import draws
from democratic.web.meetings.wall.places import wall_path
from democratic.web.meetings.wall.words import row_of

SHOWN = 8


@draws(Topic.WALL)
def draw_wall(meeting: Meeting) -> str:
    found = wall_of(meeting, Shelf.OPEN, Order.SUPPORTED, offset=0, limit=SHOWN)
    counts = wall_counts(meeting)
    context = {
        "current": next((row_of(each) for each in found if each.is_current), None),
        "rows": [row_of(each) for each in found if not each.is_current],
        "counted": counted(counts),
        "url": wall_path(meeting.record.code),
        "more": max(0, counts.open - SHOWN),
    }
    return render_to_string("web/meetings/wall/drawn.html", context)


def counted(counts: WallCounts) -> str:
    """« 12 au mur · 22 répondues · 6 dues par écrit »."""
    parts = [
        ngettext("%(n)s au mur", "%(n)s au mur", counts.open) % {"n": number(counts.open)},
        ngettext("%(n)s répondue", "%(n)s répondues", counts.answered) % {"n": number(counts.answered)},
    ]
    if counts.owed:
        owed = ngettext("%(n)s due par écrit", "%(n)s dues par écrit", counts.owed)
        parts.append(owed % {"n": number(counts.owed)})
    return " · ".join(parts)
