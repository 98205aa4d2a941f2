"""The fields of a record, each read with care: what is not of its shape is left out, or said to be wrong by ``Bad``."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from democratic.kernel.ids import read_code
from democratic.kernel.text import clean_text
from democratic.participation.street.problems import Bad
from democratic.people.models import AgeBand

TEXT_LIMIT, NAME_LIMIT, ALTERNATIVE_LIMIT, LINE_LIMIT, SIGNATURE_LIMIT = 2_000, 60, 300, 80, 100
MOST_FILES, MOST_COUNTED, MOST_SEQ = 3, 10_000, 1_000_000
_UUID_VERSIONS = (4, 7)
# Halves of a sign, which JSON may carry and no database can hold.
_LONE = re.compile("[\ud800-\udfff]")


def text_of(raw: Mapping[str, Any], name: str, problem: str = "") -> str:
    """A text, however it is spelt; empty when it is missing. Bad: it is something else."""
    value = raw.get(name)
    if isinstance(value, str) and _LONE.search(value) is None:
        return value
    if problem and value is not None:
        raise Bad(problem)
    return ""


def said_in(raw: Mapping[str, Any]) -> str:
    typed = text_of(raw, "text", "text")
    if len(typed) > TEXT_LIMIT:
        raise Bad("text_long")
    if not (text := clean_text(typed)):
        raise Bad("text")
    return text


def band_of(raw: Mapping[str, Any]) -> str:
    band = raw.get("age_band")
    return band if isinstance(band, str) and band in AgeBand.values else AgeBand.UNSAID.value


def choice_of(raw: Mapping[str, Any]) -> bool | None:
    """Whether she is in no association and no council: yes, no, or not said."""
    said = raw.get("in_no_body")
    return said if isinstance(said, bool) else None


def code_of(raw: Mapping[str, Any]) -> str:
    typed = text_of(raw, "code", "code")
    if not typed:
        return ""
    if (code := read_code(typed)) is None:
        raise Bad("code")
    return code


def files_of(raw: Mapping[str, Any], name: str) -> int:
    n = raw.get(name)
    return min(int(n), MOST_FILES) if isinstance(n, int) and n > 0 else 0


def is_count(n: object) -> bool:
    return isinstance(n, int) and not isinstance(n, bool) and 0 < n <= MOST_COUNTED


def seq_of(raw: Mapping[str, Any]) -> int:
    n = raw.get("device_seq")
    return n if isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST_SEQ else 0


def uuid_of(typed: str) -> UUID | None:
    try:
        read = UUID(typed)
    except ValueError:
        return None
    return read if read.version in _UUID_VERSIONS else None


def moment_of(said: object) -> datetime | None:
    """The device's clock; None when it says nothing that can be placed."""
    try:
        read = datetime.fromisoformat(said) if isinstance(said, str) and len(said) < LINE_LIMIT else None
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None
