"""Lines of the desk's lists: what is owed, what is coming."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.kernel.clock import local_day
from democratic.participation.obligations.models import Obligation
from democratic.participation.reports.desk_day import Coming
from democratic.thread.models import Kind
from democratic.web import words
from democratic.web.formats import day, hour
from democratic.web.places import at, process_path, record_path
from democratic.web.processes.phrases import SOON, days_left, near

# Where the work on a Record is told: its own desk page, and the form that moves it on.
DESK_PAGES = {Kind.COMMITMENT: "/bureau/engagements/%s"}
MOVES = {Kind.COMMITMENT: "/bureau/engagements/%s/etat", Kind.ACTION: "/bureau/actions/%s/etat"}


def percent(value: int) -> str:
    return f"{value}%" if get_language() == "en" else f"{value}\u00a0%"


def owed_row(obligation: Obligation, today: date, *, may_act: bool) -> dict[str, Any]:
    """Late counts from the first promise, as everywhere in public."""
    record = obligation.record
    kind, code = Kind(record.kind), record.code
    late = max(0, (today - obligation.first_due_on).days)
    page, move = DESK_PAGES.get(kind), MOVES.get(kind)
    return {
        "title": record.title,
        "url": at(page % code) if page else record_path(kind, code),
        "meta": f"{obligation.get_owed_display()} · {obligation.service.name}",
        "state": "late" if late else "due",
        "label": words.days_late(late) if late else _soon(obligation.due_on, today),
        "due": _("pour le %(day)s") % {"day": near(obligation.due_on, today)},
        "first": _("promis d’abord le %(day)s") % {"day": near(obligation.first_due_on, today)}
        if obligation.due_on != obligation.first_due_on
        else "",
        "move_url": at(move % code) if move and may_act else "",
        "put_off_url": at(f"/bureau/echeances/{code}/{obligation.owed}") if may_act else "",
    }


def _soon(due_on: date, today: date) -> str:
    """Days are counted when they are few; else the state's own word says enough."""
    return days_left(due_on, today) if due_on - today <= timedelta(days=SOON) else ""


def coming_step(each: Coming, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """For parts/steps.html, in a column."""
    local, today = each.at.astimezone(zone), local_day(now, zone.key)
    when = _("Aujourd’hui") if local.date() == today else day(local.date(), "weekday").rsplit(" ", 1)[0]
    if each.step:
        told = _("%(step)s : l’étape se ferme") if each.is_end else _("%(step)s : l’étape s’ouvre")
        note, url = told % {"step": words.STEPS[each.step]}, process_path(each.slug)
    else:
        when = f"{when}, {hour(local)}"
        note, url = each.place, record_path(Kind.MEETING, each.code)
    return {
        "when": when,
        "title": each.title,
        "url": url,
        "note": note,
        "is_today": local.date() == today,
    }
