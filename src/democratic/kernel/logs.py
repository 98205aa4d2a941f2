"""Log lines that say what happened and to which request, and never who, from where, or what was said.

An exception leaves its kind and the places it went through: its message may repeat what a person typed.
What other libraries say is cut down to its words, as they quote paths, hosts and addresses.
"""

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
OURS = "democratic"
EXTRA = ("route", "method", "status", "ms")  # what our own lines may carry beside their words
MOST_FRAMES = 12
CUT = "…"

_EMAIL = re.compile(r"[^\s@<>\"'«(,;:=/]+(?:@|%40)[^\s@<>\"'»),;:/?&]+", re.IGNORECASE)
_NETWORK = re.compile(
    r"(?<![\w:])(?:[0-9a-f]{0,4}:){4,7}[0-9a-f]{0,4}(?![\w:])|[0-9a-f:]*::[0-9a-f:.]*|\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b[A-Za-z0-9_]{24,}\b|\b[A-Za-z0-9_-]{40,}\b")
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[ .-]?\d){8,}(?!\w)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|«[^»]*»")
_PATH = re.compile(r"(?<!\w)/[^\s]*|\bhttps?:\S+")


def scrubbed(text: str, *, is_ours: bool) -> str:
    """Without addresses, networks, telephone numbers and secrets; of a library, nor paths and quotations."""
    patterns = (
        (_EMAIL, _NETWORK, _PHONE, _SECRET)
        if is_ours
        else (_QUOTED, _PATH, _EMAIL, _NETWORK, _PHONE, _SECRET)
    )
    for pattern in patterns:
        text = pattern.sub(CUT, text)
    return " ".join(text.split())


def said_by(record: logging.LogRecord) -> str:
    is_ours = record.name.split(".")[0] == OURS
    # A library's sentence is kept as it was written in its source; what it was filled with is not.
    text = record.getMessage() if is_ours or not record.args else str(record.msg)
    return scrubbed(text, is_ours=is_ours)


def fault_of(record: logging.LogRecord) -> dict[str, Any]:
    """The kinds of the exception and of its causes, and where the last one was raised."""
    if not isinstance(record.exc_info, tuple) or record.exc_info[1] is None:
        return {}
    fault: BaseException | None = record.exc_info[1]
    frames, kinds = _frames(record.exc_info[2]), []
    while fault is not None and type(fault).__name__ not in kinds:
        kinds.append(type(fault).__name__)
        fault = fault.__cause__ or fault.__context__
    return {"fault": " < ".join(kinds), "frames": frames}


def _frames(trace: TracebackType | None) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        name = code.co_filename.rpartition("/site-packages/")[2].rpartition("/src/")[2]
        places.append(f"{name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-MOST_FRAMES:]


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": said_by(record),
    }
    if request_id := REQUEST_ID.get():
        fields["request"] = request_id
    fields |= {
        name: getattr(record, name) for name in EXTRA if isinstance(getattr(record, name, None), str | int)
    }
    return fields | fault_of(record)


class JsonLines(logging.Formatter):
    """One JSON object a line, for a collector of logs."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(fields_of(record), ensure_ascii=False)


class PlainLines(logging.Formatter):
    """The same, for whoever reads a file."""

    def format(self, record: logging.LogRecord) -> str:
        fields = fields_of(record)
        at, level, logger, message = (fields.pop(name) for name in ("at", "level", "logger", "message"))
        frames = fields.pop("frames", [])
        more = "".join(f" {name}={value}" for name, value in fields.items())
        return f"{at} {level.upper()} {logger} {message}{more}" + "".join(
            f"\n    {frame}" for frame in frames
        )
