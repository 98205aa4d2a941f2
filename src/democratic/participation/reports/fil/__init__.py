"""Le fil: every Record's story, from what was said to what was done, and back."""

from datetime import date

from democratic.participation.reports.fil.back import tell_back
from democratic.participation.reports.fil.course import course_of
from democratic.participation.reports.fil.facts import Facts, Start, find_start, load_back, load_onward
from democratic.participation.reports.fil.knots import Crossing, Fil, Knot, Missing, Tells
from democratic.participation.reports.fil.onward import tell_onward
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer

__all__ = ["Crossing", "Fil", "Knot", "Missing", "Start", "Tells", "fil_back_of", "fil_of", "find_start"]

_WHOLE = (Kind.MANDATE, Kind.PROCESS)


def fil_of(viewer: Viewer, start: Start, today: date) -> Fil:
    """Then…: what followed. Raises RecordNotFound."""
    if start.kind in _WHOLE:
        return course_of(viewer, start, today, is_back=False)
    facts = load_onward(viewer, start, today)
    return _fil(facts, tell_onward(facts))


def fil_back_of(viewer: Viewer, start: Start, today: date) -> Fil:
    """Because…: what it follows from. Raises RecordNotFound."""
    if start.kind in _WHOLE:
        return course_of(viewer, start, today, is_back=True)
    facts = load_back(viewer, start, today)
    return _fil(facts, tell_back(facts))


def _fil(facts: Facts, knots: list[Knot]) -> Fil:
    return Fil(facts.start, facts.process, tuple(knots), facts.crossings, facts.history, facts.today)
