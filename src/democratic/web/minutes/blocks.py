"""Blocks of the minutes, as a page shows them."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from democratic.participation.meetings.minutes.models import BlockKind, MinutesBlock
from democratic.participation.meetings.minutes.synthesis import origin_of
from democratic.participation.meetings.models import Meeting
from democratic.thread.models import Kind
from democratic.web.places import record_path
from democratic.web.words import ORIGINS


def sections_of(meeting: Meeting, blocks: Sequence[MinutesBlock]) -> list[dict[str, Any]]:
    """Block after block under the point that they tell of; a point that comes back later is named again."""
    return [
        {"title": item.title if item else "", "blocks": [block_row(meeting, block) for block in some]}
        for item, some in groupby(blocks, key=lambda block: block.item)
    ]


def block_row(meeting: Meeting, block: MinutesBlock) -> dict[str, Any]:
    origin = origin_of(block)
    return {
        "rank": block.rank,
        "kind": block.kind,
        "label": "" if block.kind == BlockKind.SAID else block.get_kind_display(),
        "text": meeting.record.spoken(block.text),
        "origin": origin,
        "origin_label": str(ORIGINS[origin]) if origin else "",
        "about": about_of(block),
    }


def about_of(block: MinutesBlock) -> tuple[str, str] | None:
    """(what it is, its page)"""
    if block.about is None:
        return None
    kind = Kind(block.about.kind)
    return str(kind.label), record_path(kind, block.about.code)
