"""The fil's page: its knots, what it crosses, and its history in public."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.fil import Crossing, Fil, Knot, Start, Tells, fil_back_of, fil_of
from democratic.thread.models import Kind, LinkKind, Record
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.formats import number
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, process_path
from democratic.web.suites.fil import deeds, voices, waiting
from democratic.web.suites.fil.because import read_back
from democratic.web.suites.fil.phrases import length_of, near, said_by, title_of
from democratic.web.suites.fil.telling import Drawn, Telling
from democratic.web.suites.follow import follow_context
from democratic.web.suites.history import lines_of

Tell = Callable[[Telling, Knot], Drawn]
TellOne = Callable[[Telling, Knot, Record], Drawn]

_OF_ONE: dict[Tells, TellOne] = {
    Tells.ORDER: voices.order,
    Tells.PROCESS: voices.process,
    Tells.SAID: voices.said,
    Tells.MERGED: voices.merged,
    Tells.THEME: voices.theme,
    Tells.MEETING: voices.meeting,
    Tells.ANSWER: deeds.answer,
    Tells.DECISION: deeds.decision,
    Tells.COMMITMENT: deeds.commitment,
    Tells.EVIDENCE: deeds.evidence,
    Tells.VERDICT: deeds.verdict,
    Tells.REPLIED: voices.replied,
    Tells.OTHER: voices.other,
}
_OF_SEVERAL: dict[Tells, Tell] = {
    Tells.THEME: voices.themes,
    Tells.HEARD: voices.heard,
    Tells.SPLIT: voices.split,
    Tells.ANSWERS: deeds.answers,
    Tells.COMMITMENTS: deeds.commitments,
    Tells.ACTIONS: deeds.actions,
    Tells.MISSING: waiting.missing,
    Tells.AHEAD: waiting.ahead,
}


def build_fil(viewer: Viewer, start: Start, today: date, *, is_back: bool) -> Main:
    fil = fil_back_of(viewer, start, today) if is_back else fil_of(viewer, start, today)
    record = fil.record
    name = _("Le fil de %(code)s") % {"code": record.code}
    context = {
        "prefix": at(""),
        "trail": _trail(fil, name),
        "sense": "back" if is_back else "onward",
        "onward": (_("Ce qui a suivi"), fil_path(record.code)),
        "back": (_("D’où cela vient"), f"{fil_path(record.code)}/retour"),
        "meta": length_of(fil, is_back=is_back),
        "knots": draw(fil, is_back=is_back),
        "crossings": [_crossing(each) for each in fil.crossings],
        "crossings_title": _crossings_title(len(fil.crossings)),
        "history": lines_of(fil.history, record),
        "code": record.code,
        **follow_context(record.code, fil_path(record.code)),
        "proof_url": at(f"/journal/preuve/{record.code}"),
    }
    title = _("D’où vient « %(what)s »") % {"what": title_of(record)} if is_back else name
    feeds = feeds_of(f"/fil/{record.code}")
    return Main("web/suites/fil.html", context, title, title_of(record)[:160], "follow", feeds=feeds)


def draw(fil: Fil, *, is_back: bool) -> list[Drawn]:
    drawn, previous = [], None
    for index, knot in enumerate(fil.knots):
        place = Telling(fil, is_back=is_back, is_first=index == 0, previous=previous)
        drawn.append(_dated(place, knot, _draw(place, knot)))
        previous = knot.on or previous
    for before, knot in zip(drawn, fil.knots[1:], strict=False):
        # The slack lies before what came late: there the time was lost. Read back, the story is not a wait.
        before["slack"] = bool(knot.lost) and not is_back
    return drawn


def _draw(place: Telling, knot: Knot) -> Drawn:
    of_one = _OF_ONE.get(knot.tells)
    if knot.record is not None and of_one is not None:
        drawn = of_one(place, knot, knot.record)
    else:
        drawn = _OF_SEVERAL[knot.tells](place, knot)
    return read_back(place, knot, drawn) if place.is_back else drawn


def _dated(place: Telling, knot: Knot, drawn: Drawn) -> Drawn:
    return drawn | {
        "first": place.is_first,
        "iso": knot.on.isoformat() if knot.on else "",
        "when": near(knot.on, place.previous) if knot.on else "",
    }


def _trail(fil: Fil, name: str) -> list[tuple[str, str]]:
    process = fil.process
    above = [(title_of(process.record), process_path(process.slug))] if process else []
    return [*above, (name, "")]


def _crossings_title(n: int) -> str:
    return ngettext("Ce fil en croise un autre", "Ce fil en croise %(n)s autres", n) % {"n": number(n)}


_MET: dict[str, Callable[[], str]] = {
    LinkKind.ANSWERED_BY: lambda: _("A reçu la même réponse"),
    LinkKind.DECIDED_BY: lambda: _("Mène à la même décision"),
    LinkKind.MERGED_INTO: lambda: _("Fusionnées"),
    LinkKind.SPLIT_FROM: lambda: _("Séparées l’une de l’autre"),
    LinkKind.CONTRADICTS: lambda: _("Se contredisent"),
    LinkKind.INSPIRED: lambda: _("L’une a inspiré l’autre"),
}


def _crossing(crossing: Crossing) -> Drawn:
    record = crossing.record
    meta = [_MET[crossing.kind]()]
    if record.kind in (Kind.IDEA, Kind.COMMENT):
        meta.append(said_by(record))
    figures = getattr(record, "figures", None)
    is_answered = record.kind in (Kind.IDEA, Kind.THEME) and record.state in (
        "kept",
        "part",
        "unkept",
        "passed",
    )
    return {
        "origin": record.origin,
        "title": title_of(record),
        "url": fil_path(record.code),
        "meta": " · ".join(meta),
        "n": figures.grouped if figures and record.kind == Kind.THEME else None,
        "state": record.state if is_answered else "",
    }
