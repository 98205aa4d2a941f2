"""What someone saw when she began to write: sent back with what she wrote, so that two at once lose nothing."""

import hashlib
import json

from democratic.participation.meetings.minutes.models import MinutesBlock


def mark_of(block: MinutesBlock) -> str:
    return _mark(block.kind, block.text, block.seat, str(block.item_id or ""), str(block.about_id or ""))


def mark_of_text(text: str) -> str:
    return _mark(text)


def _mark(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
