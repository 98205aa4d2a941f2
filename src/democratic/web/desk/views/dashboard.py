from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.queries import office_of
from democratic.communities.settling.queries import steps_of
from democratic.communities.settling.states import are_settled
from democratic.kernel.clock import local_day
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import ProcessLine, list_processes
from democratic.participation.reports.desk import FEW, latest_words
from democratic.participation.reports.desk_day import coming, mandates_in_hand, owed_until, voices_of
from democratic.participation.reports.home import title_of
from democratic.stewardship.moderation.rules import moderates
from democratic.thread.models import Authority, Visibility
from democratic.thread.queries import Card
from democratic.thread.rules import can_work, is_administrator, is_agent
from democratic.web.desk.access import for_staff_of_anything
from democratic.web.desk.pages import desk_page, process_desk_path
from democratic.web.desk.rows import coming_step, owed_row, percent
from democratic.web.desk.todo import agent_todo, greeting, official_todo
from democratic.web.desk.views.start import progress_of
from democratic.web.formats import day, number
from democratic.web.places import at, official_path, record_path
from democratic.web.processes.phrases import phase_pill
from democratic.web.requests import Request, someone

SOON = timedelta(days=45)
AHEAD = timedelta(days=14)


@require_GET
@for_staff_of_anything
def dashboard(request: Request) -> HttpResponse:
    """The desk of the whole authority, or of the only processes in which one has a role."""
    if not can_work(request.viewer):
        # Who only moderates finds there what waits for her; a role over some processes leads to these.
        return _own_processes(request) if request.viewer.scopes else redirect(at("/bureau/moderation"))
    return _whole_desk(request)


def _own_processes(request: Request) -> HttpResponse:
    found = Process.objects.filter(record__in=request.viewer.scopes, authority=request.authority)
    processes = found.select_related("record__wording").order_by("-record__happened_at", "-pk")
    context = {
        "processes": [(title_of(each.record), process_desk_path(each)) for each in processes],
        "moderation": at("/bureau/moderation") if moderates(request.viewer) else "",
    }
    return desk_page(request, "own_processes.html", context, title=_("Mon bureau"))


def _whole_desk(request: Request) -> HttpResponse:
    """What is owed, to whom, by when; each line one step from its act."""
    authority, now = request.authority, request.clock.now()
    zone = ZoneInfo(authority.time_zone)
    today = local_day(now, authority.time_zone)
    may_act, person = bool(is_agent(request.viewer)), someone(request)
    may_administer = bool(is_administrator(request.viewer))
    office = office_of(person, authority)
    todo = (
        agent_todo(authority, now) if may_act else official_todo(authority, office, today) if office else []
    )
    owed = [owed_row(each, today, may_act=may_act) for each in owed_until(authority, today + SOON)]
    title = greeting(person.name, len(todo))
    context = {
        "heading": title,
        "may_act": may_act,
        "own_page": official_path(office.pk) if office else "",
        "may_moderate": bool(moderates(request.viewer)),
        "may_administer": may_administer,
        "start": _first_steps(authority, now) if may_administer else None,
        "todo": todo,
        "owed": owed,
        "late": sum(row["state"] == "late" for row in owed),
        "numbers": _numbers(authority, today, zone),
        "processes": [
            _process(line, today) for line in list_processes(request.viewer, today, offset=0, limit=FEW)[0]
        ],
        "mandates": [_mandate(each) for each in mandates_in_hand(authority)] if may_act else [],
        "words": [_word(card) for card in latest_words(authority)],
        "coming": [coming_step(each, now, zone) for each in coming(authority, now, now + AHEAD)],
    }
    return desk_page(request, "dashboard.html", context, title=_("Mon bureau"))


def _first_steps(authority: Authority, now: datetime) -> dict[str, Any] | None:
    """None once each is done or set aside: a link is enough."""
    found = steps_of(authority, now)
    return None if are_settled(found) else progress_of(found)


def _numbers(authority: Authority, today: date, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Term, figure."""
    week_ago = datetime.combine(today - timedelta(days=7), time.min, zone)
    voices = voices_of(authority, week_ago)
    return [
        (_("paroles en sept jours"), number(voices.since)),
        (_("attendent une réponse"), number(voices.unanswered)),
        (_("paroles en tout"), number(voices.all)),
        (_("dites hors du web"), percent(voices.outside_share)),
    ]


def _process(line: ProcessLine, today: date) -> dict[str, Any]:
    pill = phase_pill(line.steps, today)
    return {
        "title": title_of(line.process.record),
        "url": at(f"/bureau/concertations/{line.process.slug}"),
        "meta": f"{pill.text} · {pill.note}" if pill.note else pill.text,
    }


def _mandate(mandate: Mandate) -> dict[str, Any]:
    is_draft = mandate.record.visibility == Visibility.DRAFT
    due = _("réponse due le %(day)s") % {"day": day(mandate.answer_due_on)}
    return {
        "title": mandate.record.title,
        "url": at(f"/bureau/commandes/{mandate.record.code}"),
        "meta": _("brouillon") if is_draft else due,
    }


def _word(card: Card) -> dict[str, Any]:
    said = card.title or card.text
    return {
        "origin": card.origin,
        "title": said,
        "url": record_path(card.kind, card.code),
        "meta": " · ".join(part for part in (day(card.happened_at, "short"), card.place, card.code) if part),
    }
