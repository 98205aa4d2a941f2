"""What a device sends, read with care: nothing is believed, and what may not be kept is dropped here.

Pure: no clock, no database. A record that is not as it should be becomes a ``Read`` with a problem and nothing else of
what it said: its words stay on the device, which is told what to correct.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from democratic.kernel.ids import read_code
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.street.fields import (
    ALTERNATIVE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    SIGNATURE_LIMIT,
    TEXT_LIMIT,
    band_of,
    choice_of,
    code_of,
    files_of,
    is_count,
    moment_of,
    said_in,
    seq_of,
    text_of,
    uuid_of,
)
from democratic.participation.street.models import CaptureKind
from democratic.participation.street.problems import Bad
from democratic.people.models import AgeBand

CHILDREN = frozenset({AgeBand.UNDER_15, AgeBand.UNSAID})
UNKNOWN = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Known:
    """What a session knows, and a record may name."""

    ranks: frozenset[int] = frozenset()
    officials: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Read:
    """One record. ``uuid`` UNKNOWN: it has no identity, and no row. ``sent``: its identity as it was sent."""

    sent: str
    uuid: UUID
    kind: str = CaptureKind.QUOTE
    code: str = ""
    seq: int = 0
    made_at: datetime | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_record(raw: object, known: Known) -> Read:
    """Never raises: whatever it is, it becomes a Read."""
    if not isinstance(raw, Mapping):
        return Read("", UNKNOWN, problem="shape")
    sent = raw.get("uuid")
    told, uuid = (sent[:36], uuid_of(sent)) if isinstance(sent, str) else ("", None)
    if uuid is None:
        return Read(told, UNKNOWN, problem="uuid")
    kind = raw.get("kind")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        return Read(told, uuid, problem="kind")
    about = {"kind": kind, "seq": seq_of(raw), "made_at": moment_of(raw.get("made_at"))}
    try:
        return Read(told, uuid, **about, code=code_of(raw), payload=reader(raw, known))  # type: ignore[arg-type]
    except Bad as why:
        return Read(told, uuid, **about, code=read_code(text_of(raw, "code")) or "", problem=str(why))  # type: ignore[arg-type]


def _quote(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The age comes before any word is looked at."""
    band = band_of(raw)
    if band in CHILDREN:
        raise Bad("age_band")
    if raw.get("consent") is not True:
        raise Bad("consent")
    about = text_of(raw, "about", "about")
    if about and read_code(about) not in known.texts:
        raise Bad("about")
    name = clean_line(text_of(raw, "first_name", "first_name"))
    if len(name) > NAME_LIMIT:
        raise Bad("first_name")
    return {
        "text": said_in(raw),
        "first_name": name,
        "age_band": band,
        "in_no_body": choice_of(raw),
        "about": (read_code(about) or "") if about else "",
        "voices": files_of(raw, "has_voice"),
        "photos": files_of(raw, "has_photo"),
    }


def _tap(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if not known.ranks:
        raise Bad("no_poll")
    rank = raw.get("rank")
    if not is_count(rank) or rank not in known.ranks:
        raise Bad("rank")
    band = raw.get("age_band")
    return {
        "rank": rank,
        "age_band": band if band in AgeBand.values else AgeBand.UNSAID.value,
        "in_no_body": choice_of(raw),
    }


def _tally(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if not known.ranks:
        raise Bad("no_poll")
    counts = raw.get("counts")
    if not isinstance(counts, Mapping) or len(counts) > len(known.ranks):
        raise Bad("counts")
    read = {str(rank): n for rank, n in counts.items() if n != 0}
    ranks = {str(rank) for rank in known.ranks}
    if not read or not set(read) <= ranks or not all(is_count(n) for n in read.values()):
        raise Bad("counts")
    return {"counts": read}


def _refusal(_raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    return {}


def _wall(raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    alternative = clean_line(text_of(raw, "alternative", "alternative"))
    if not alternative or len(alternative) > ALTERNATIVE_LIMIT:
        raise Bad("alternative")
    return {"alternative": alternative, "photos": 1}


def _engagement(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    official = text_of(raw, "official", "official").lower()
    if official not in known.officials:
        raise Bad("official")
    signature = clean_line(text_of(raw, "signature", "signature"))[:SIGNATURE_LIMIT]
    if not signature:
        raise Bad("signature")
    try:
        due_on = date.fromisoformat(text_of(raw, "due_on", "due_on"))
    except ValueError as fault:
        raise Bad("due_on") from fault
    return {
        "official": official,
        "text": said_in(raw),
        "due_on": due_on.isoformat(),
        "signature": signature,
        # Her signature, drawn on the device: seen by the desk alone, and gone with the capture.
        "photos": min(files_of(raw, "has_photo"), 1),
    }


def _summary(raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    return {
        "weather": clean_line(text_of(raw, "weather", "shape"))[:LINE_LIMIT],
        "notes": clean_text(text_of(raw, "notes", "shape"))[:TEXT_LIMIT],
    }


_READERS: dict[str, Callable[[Mapping[str, Any], Known], dict[str, Any]]] = {
    "quote": _quote,
    "tap": _tap,
    "tally": _tally,
    "refusal": _refusal,
    "wall": _wall,
    "engagement": _engagement,
    "summary": _summary,
}
