"""What people said and what was answered, read from the ``said/`` files: words, not code."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from democratic.demo.calendar import When, read_when
from democratic.participation.answers.models import Verdict
from democratic.people.models import AgeBand
from democratic.thread.models import Origin

SUBJECTS = ("evening", "weekend", "cycling", "fares", "morning", "stops", "licence", "timetable")

_ALIGNMENTS = {"for": 1, "neutral": 0, "against": -1}
_AGE = re.compile(r"(\d+) ans")
_BANDS = ((15, AgeBand.UNDER_15), (18, AgeBand.TEENS), (26, AgeBand.YOUNG), (65, AgeBand.ADULT))

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, and what was replied to it. ``said_by`` is the account that said it, if one did."""

    text: str
    alignment: int
    by: str
    said_by: str
    replies: tuple["Remark", ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One sentence, as it was said. ``key``: how later scenes find it; ``speaks_for``: a speaker of ``associations``."""

    key: str
    title: str
    text: str
    origin: Origin
    place: str
    by: str
    said_by: str
    supports: int
    tags: tuple[str, ...]
    remarks: tuple[Remark, ...]
    on: When | None
    speaks_for: str = ""

    @property
    def age_band(self) -> AgeBand:
        found = _AGE.search(self.by)
        if not found:
            return AgeBand.UNSAID
        return next((band for limit, band in _BANDS if int(found[1]) < limit), AgeBand.SENIOR)


@dataclass(frozen=True, slots=True)
class Reply:
    verdict: Verdict
    reason: str
    passed_to: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme: its name in people's words, who said it, and what was answered."""

    key: str
    title: str
    text: str
    reply: Reply
    voices: tuple[Voice, ...]


def read_file(name: str) -> dict[str, Any]:
    return tomllib.loads((files("democratic.demo") / "said" / f"{name}.toml").read_text("utf-8"))


def read_subjects() -> tuple[Subject, ...]:
    return tuple(_subject(key, read_file(key)) for key in SUBJECTS)


def _subject(key: str, row: Row) -> Subject:
    voices = read_voices(row["voices"], key)
    return Subject(key, row["title"], row["text"], read_reply(row["reply"]), voices)


def read_voices(rows: Sequence[Row], prefix: str) -> tuple[Voice, ...]:
    """A voice without a name gets one from its place in the file."""
    return tuple(_voice(row, f"{prefix}-{number}") for number, row in enumerate(rows))


def read_reply(row: Row) -> Reply:
    return Reply(Verdict(row["verdict"]), row["reason"], row.get("passed_to", ""))


def _voice(row: Row, name: str) -> Voice:
    return Voice(
        key=row.get("key", name),
        title=row.get("title", ""),
        text=row["text"],
        origin=Origin(row["origin"]),
        place=row["place"],
        by=row.get("by", ""),
        said_by=row.get("said_by", ""),
        supports=row.get("supports", 0),
        tags=tuple(row.get("tags", ())),
        remarks=tuple(_remark(each) for each in row.get("remarks", ())),
        on=read_when(row["on"]) if "on" in row else None,
        speaks_for=row.get("speaks_for", ""),
    )


def _remark(row: Row) -> Remark:
    return Remark(
        text=row["text"],
        alignment=_ALIGNMENTS[row.get("alignment", "neutral")],
        by=row.get("by", ""),
        said_by=row.get("said_by", ""),
        replies=tuple(_remark(each) for each in row.get("replies", ())),
    )
