"""What a device sends, read with care: nothing is believed, and what may not be kept is dropped here.

Pure: no clock, no database. A record that is not as it should be becomes a ``Read`` with a problem and nothing else of
what it said: its words stay on the device, which is told what to correct.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.kernel.ids import read_code
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.street.models import CaptureKind
from democratic.people.models import AgeBand

TEXT_LIMIT, NAME_LIMIT, ALTERNATIVE_LIMIT, LINE_LIMIT = 2_000, 60, 300, 80
MOST_FILES, MOST_COUNTED, MOST_SEQ = 3, 10_000, 1_000_000
CHILDREN = frozenset({AgeBand.UNDER_15, AgeBand.UNSAID})
UNKNOWN = UUID(int=0)
_UUID_VERSIONS = (4, 7)
# Halves of a sign, which JSON may carry and no database can hold.
_LONE = re.compile("[\ud800-\udfff]")

PROBLEMS: dict[str, tuple[str, Promise]] = {
    "uuid": ("uuid", _("Cette saisie n’a pas d’identifiant : supprimez-la, et recommencez.")),
    "kind": ("kind", _("Cette saisie n’est d’aucune sorte connue : mettez l’application à jour.")),
    "shape": ("", _("Cette saisie est abîmée : supprimez-la, et recommencez.")),
    "text": ("text", _("Écrivez ce que la personne a dit.")),
    "text_long": ("text", _("C’est trop long : 2 000 signes au plus.")),
    "first_name": ("first_name", _("Un prénom tient en 60 signes.")),
    "age_band": ("age_band", _("Choisissez la tranche d’âge : avant 15 ans, ou sans réponse, aucun mot n’est gardé.")),
    "consent": ("consent", _("Sans accord, rien n’est gardé : lisez la phrase, puis cochez.")),
    "rank": ("rank", _("Cette réponse n’est pas parmi celles de la question.")),
    "no_poll": ("rank", _("Aucune question n’est posée à ce rendez-vous.")),
    "counts": ("counts", _("Écrivez combien de gommettes a reçues chaque réponse.")),
    "alternative": ("alternative", _("Décrivez la photo en une phrase.")),
    "official": ("official", _("Choisissez qui s’engage.")),
    "due_on": ("due_on", _("Donnez le jour promis.")),
    "signature": ("signature", _("La personne élue signe sur place : son nom, et la case cochée.")),
    "about": ("about", _("Ce texte n’est pas de ceux que l’on lit à ce rendez-vous.")),
    "code": ("code", _("Ce numéro n’est pas réservé à cet appareil, ou a déjà été donné.")),
}  # fmt: skip


class Bad(Exception):
    """What is wrong: a key of PROBLEMS."""


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
    told, uuid = (sent[:36], _uuid(sent)) if isinstance(sent, str) else ("", None)
    if uuid is None:
        return Read(told, UNKNOWN, problem="uuid")
    kind = raw.get("kind")
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        return Read(told, uuid, problem="kind")
    about = {"kind": kind, "seq": _seq(raw), "made_at": _moment(raw.get("made_at"))}
    try:
        return Read(told, uuid, **about, code=_code(raw), payload=reader(raw, known))  # type: ignore[arg-type]
    except Bad as why:
        return Read(told, uuid, **about, code=read_code(_str(raw, "code")) or "", problem=str(why))  # type: ignore[arg-type]


def _quote(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """The age comes before any word is looked at."""
    band = _band(raw)
    if band in CHILDREN:
        raise Bad("age_band")
    if raw.get("consent") is not True:
        raise Bad("consent")
    about = _str(raw, "about", "about")
    if about and read_code(about) not in known.texts:
        raise Bad("about")
    name = clean_line(_str(raw, "first_name", "first_name"))
    if len(name) > NAME_LIMIT:
        raise Bad("first_name")
    return {
        "text": _said(raw),
        "first_name": name,
        "age_band": band,
        "in_no_body": _choice(raw),
        "about": (read_code(about) or "") if about else "",
        "voices": _files(raw, "has_voice"),
        "photos": _files(raw, "has_photo"),
    }


def _tap(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if not known.ranks:
        raise Bad("no_poll")
    rank = raw.get("rank")
    if not _is_count(rank) or rank not in known.ranks:
        raise Bad("rank")
    band = raw.get("age_band")
    return {
        "rank": rank,
        "age_band": band if band in AgeBand.values else AgeBand.UNSAID.value,
        "in_no_body": _choice(raw),
    }


def _tally(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    if not known.ranks:
        raise Bad("no_poll")
    counts = raw.get("counts")
    if not isinstance(counts, Mapping) or len(counts) > len(known.ranks):
        raise Bad("counts")
    read = {str(rank): n for rank, n in counts.items() if n != 0}
    ranks = {str(rank) for rank in known.ranks}
    if not read or not set(read) <= ranks or not all(_is_count(n) for n in read.values()):
        raise Bad("counts")
    return {"counts": read}


def _refusal(_raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    return {}


def _wall(raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    alternative = clean_line(_str(raw, "alternative", "alternative"))
    if not alternative or len(alternative) > ALTERNATIVE_LIMIT:
        raise Bad("alternative")
    return {"alternative": alternative, "photos": 1}


def _engagement(raw: Mapping[str, Any], known: Known) -> dict[str, Any]:
    official = _str(raw, "official", "official").lower()
    if official not in known.officials:
        raise Bad("official")
    signature = raw.get("signature")
    signed = signature is True or (isinstance(signature, str) and bool(clean_line(signature)))
    if not signed and not (isinstance(signature, Mapping) and signature.get("name")):
        raise Bad("signature")
    try:
        due_on = date.fromisoformat(_str(raw, "due_on", "due_on"))
    except ValueError as fault:
        raise Bad("due_on") from fault
    return {"official": official, "text": _said(raw), "due_on": due_on.isoformat()}


def _summary(raw: Mapping[str, Any], _known: Known) -> dict[str, Any]:
    return {
        "weather": clean_line(_str(raw, "weather", "shape"))[:LINE_LIMIT],
        "notes": clean_text(_str(raw, "notes", "shape"))[:TEXT_LIMIT],
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


def _str(raw: Mapping[str, Any], name: str, problem: str = "") -> str:
    """A text, however it is spelt; empty when it is missing. Bad: it is something else."""
    value = raw.get(name)
    if isinstance(value, str) and _LONE.search(value) is None:
        return value
    if problem and value is not None:
        raise Bad(problem)
    return ""


def _said(raw: Mapping[str, Any]) -> str:
    typed = _str(raw, "text", "text")
    if len(typed) > TEXT_LIMIT:
        raise Bad("text_long")
    if not (text := clean_text(typed)):
        raise Bad("text")
    return text


def _band(raw: Mapping[str, Any]) -> str:
    band = raw.get("age_band")
    return band if isinstance(band, str) and band in AgeBand.values else AgeBand.UNSAID.value


def _choice(raw: Mapping[str, Any]) -> bool | None:
    """Whether she is in no association and no council: yes, no, or not said."""
    said = raw.get("in_no_body")
    return said if isinstance(said, bool) else None


def _code(raw: Mapping[str, Any]) -> str:
    typed = _str(raw, "code", "code")
    if not typed:
        return ""
    if (code := read_code(typed)) is None:
        raise Bad("code")
    return code


def _files(raw: Mapping[str, Any], name: str) -> int:
    n = raw.get(name)
    return min(int(n), MOST_FILES) if isinstance(n, int) and n > 0 else 0


def _is_count(n: object) -> bool:
    return isinstance(n, int) and not isinstance(n, bool) and 0 < n <= MOST_COUNTED


def _seq(raw: Mapping[str, Any]) -> int:
    n = raw.get("device_seq")
    return n if isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= MOST_SEQ else 0


def _uuid(typed: str) -> UUID | None:
    try:
        read = UUID(typed)
    except ValueError:
        return None
    return read if read.version in _UUID_VERSIONS else None


def _moment(said: object) -> datetime | None:
    """The device's clock; None when it says nothing that can be placed."""
    try:
        read = datetime.fromisoformat(said) if isinstance(said, str) and len(said) < LINE_LIMIT else None
    except ValueError:
        return None
    return read if read is not None and read.tzinfo is not None else None
