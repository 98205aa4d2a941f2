"""« Ce qui était nouveau par rapport au net »: how a session's sentences are set beside what was said online."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.home import title_of
from democratic.participation.street.models import Newness, StreetSession
from democratic.participation.street.said import Beside, Said
from democratic.thread.models import Kind
from democratic.web.formats import number
from democratic.web.places import fil_path, record_path
from democratic.web.street.places import page_of

ASKED = "quoi"
# In an address, and back.
NAMES = {"nouveau": Newness.NEW, "deja-dit": Newness.NEAR, "trop-court": Newness.SHORT}


def asked_of(named: str) -> tuple[str, str]:
    """What the address asks to see alone, and the name that it has there: both empty for all."""
    return (NAMES[named], named) if named in NAMES else ("", "")


def lines_of(beside: Beside) -> list[tuple[str, str]]:
    """(number, word) of each outcome; those of nobody left out, but for what is new."""
    words = (
        (beside.new, ngettext("parole nouvelle", "paroles nouvelles", beside.new)),
        (beside.near, ngettext("parole déjà dite en ligne", "paroles déjà dites en ligne", beside.near)),
        (
            beside.short,
            ngettext("parole trop courte pour comparer", "paroles trop courtes pour comparer", beside.short),
        ),
    )
    return [(number(n), word) for rank, (n, word) in enumerate(words) if n or not rank]


def tabs_of(session: StreetSession, beside: Beside, named: str) -> list[tuple[str, str, bool]]:
    labels = {
        Newness.NEW: _("Nouveau (%(n)s)"),
        Newness.NEAR: _("Déjà dit en ligne (%(n)s)"),
        Newness.SHORT: _("Trop court (%(n)s)"),
    }
    path = page_of(session)
    every = (_("Tout"), f"{path}#dit", not named)
    return [
        every,
        *(
            (labels[newness] % {"n": number(beside.of(newness))}, f"{path}?{ASKED}={name}#dit", name == named)
            for name, newness in NAMES.items()
            if beside.of(newness) or name == named
        ),
    ]


def row_of(said: Said) -> dict[str, Any]:
    record = said.record
    parts = [record.byline or _("Une personne"), record.code]
    if said.newness == Newness.NEW:
        parts.append(_("nouveau"))
    elif said.newness == Newness.NEAR:
        parts.append(_("déjà dit en ligne"))
    return {
        "origin": record.origin,
        "title": record.spoken(record.text),
        "url": fil_path(record.code) if record.kind == Kind.IDEA else record_path(record.kind, record.code),
        "meta": " · ".join(parts),
        "near": near_of(said),
        "n": None,
        "state": "",
        "of": "",
        "state_label": "",
    }


def near_of(said: Said) -> tuple[str, str] | None:
    return (title_of(said.near), fil_path(said.near.code)) if said.near else None
