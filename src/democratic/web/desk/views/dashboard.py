from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.models import Official
from democratic.communities.queries import office_of
from democratic.communities.settling.queries import steps_of
from democratic.communities.settling.states import are_settled
from democratic.communities.upkeep import Upkeep, upkeep_of
from democratic.kernel.clock import local_day
from democratic.participation.inbox.queries import NO_LETTERS, inbox_day
from democratic.participation.processes.models import Process
from democratic.participation.reports.desk import FEW, latest_words
from democratic.participation.reports.desk_day import Dated, day_of, owed_until
from democratic.participation.reports.desk_work import Voices, Work, voices_in, work_of
from democratic.participation.reports.home import title_of
from democratic.participation.reports.officials import owed_by_process_of
from democratic.stewardship.moderation.queries.day import moderation_day
from democratic.stewardship.moderation.rules import moderates
from democratic.thread.models import Authority, Role, Visibility
from democratic.thread.queries import Card
from democratic.thread.rules import can_work, is_administrator, is_agent
from democratic.web.desk.access import for_staff_of_anything
from democratic.web.desk.pages import desk_page, process_desk_path
from democratic.web.desk.rows import coming_step, owed_row, percent
from democratic.web.desk.todo import Desk, greeting, lines_of, queues_of
from democratic.web.desk.views.inbox import line_of
from democratic.web.desk.views.start import progress_of
from democratic.web.formats import day, number
from democratic.web.kept import Kept
from democratic.web.places import at, official_path, record_path
from democratic.web.processes.phrases import PHASES, days_left, near
from democratic.web.requests import Request, someone

# Authorities whose first settings are all made: four questions less for each page of an administrator.
SETTLED: Kept[bool] = Kept(bool, seconds=60)
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
    person, may_administer = someone(request), bool(is_administrator(request.viewer))
    # Who has no role of an official signs nothing: no need to ask under which function.
    office = office_of(person, authority) if request.viewer.has_role(Role.OFFICIAL) else None
    desk = _desk(request, now, today, office)
    queues = queues_of(desk)
    todo = lines_of(queues)
    owed = [owed_row(each, today, may_act=desk.may_act) for each in desk.owed.first]
    voices = voices_in(desk.work)
    context = {
        "heading": greeting(person.name, len(todo)),
        "may_act": desk.may_act,
        "own_page": official_path(office.pk) if office else "",
        "may_moderate": bool(moderates(request.viewer)),
        "may_administer": may_administer,
        "start": _first_steps(authority, now) if may_administer else None,
        "queues": [queue for queue in queues if queue.n or (desk.may_act and not queue.is_seldom)],
        "letters": [line_of(each, today) for each in desk.inbox.first],
        "letters_n": desk.inbox.n,
        "todo": todo,
        "owed": owed,
        "late": desk.owed.late,
        "numbers": _numbers(voices),
        "processes": [_process(each, today, zone) for each in desk.work[:FEW]],
        "mandates": [_mandate(each) for each in desk.day.orders] if desk.may_act else [],
        "words": [_word(card) for card in latest_words(authority)],
        "coming": [coming_step(each, now, zone) for each in desk.day.coming],
    }
    return desk_page(request, "dashboard.html", context, title=_("Mon bureau"))


def _first_steps(authority: Authority, now: datetime) -> dict[str, Any] | None:
    """None once each is done or set aside: a link is enough, and that is believed for a minute."""
    if SETTLED.holds(str(authority.pk)):
        return None
    found = steps_of(authority, now)
    if not are_settled(found):
        return progress_of(found)
    SETTLED.hold(str(authority.pk), value=True)
    return None


def _desk(request: Request, now: datetime, today: date, office: Official | None) -> Desk:
    """All that the page tells, read once."""
    authority, may_act = request.authority, bool(is_agent(request.viewer))
    week_ago = datetime.combine(today - timedelta(days=7), time.min, ZoneInfo(authority.time_zone))
    alone = office if not may_act else None
    return Desk(
        authority=authority,
        today=today,
        day=day_of(authority, now, now + AHEAD, reader=someone(request), signer=alone),
        work=work_of(authority, now, since=week_ago),
        owed=owed_until(authority, today, today + SOON),
        may_act=may_act,
        inbox=inbox_day(authority, someone(request), today) if may_act else NO_LETTERS,
        to_judge=moderation_day(request.viewer, someone(request)) if moderates(request.viewer) else None,
        upkeep=upkeep_of(authority, today) if may_act else Upkeep(),
        office=office,
        owed_by_her=owed_by_process_of(alone, authority, today + SOON) if alone else (),
    )


def _numbers(voices: Voices) -> list[tuple[str, str]]:
    """Term, figure."""
    return [
        (_("paroles en sept jours"), number(voices.since)),
        (_("attendent une réponse"), number(voices.unanswered)),
        (_("paroles en tout"), number(voices.all)),
        (_("dites hors du web"), percent(voices.outside_share)),
    ]


def _process(work: Work, today: date, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "title": work.title,
        "url": at(f"/bureau/concertations/{work.slug}"),
        "meta": _where_it_stands(work, today, zone),
    }


def _where_it_stands(work: Work, today: date, zone: ZoneInfo) -> str:
    if work.closes_at:
        note = days_left(work.closes_at.astimezone(zone).date(), today)
        return " · ".join(part for part in (str(PHASES[work.step]), note) if part)
    if work.opens_at and not work.is_over:
        return _("Ouvre le %(day)s") % {"day": near(work.opens_at.astimezone(zone).date(), today)}
    return _("Terminée")


def _mandate(order: Dated) -> dict[str, Any]:
    due = _("réponse due le %(day)s") % {"day": day(order.on)}
    return {
        "title": order.title,
        "url": at(f"/bureau/commandes/{order.code}"),
        "meta": _("brouillon") if order.told == Visibility.DRAFT else due,
    }


def _word(card: Card) -> dict[str, Any]:
    said = card.title or card.text
    return {
        "origin": card.origin,
        "title": said,
        "url": record_path(card.kind, card.code),
        "meta": " · ".join(part for part in (day(card.happened_at, "short"), card.place, card.code) if part),
    }
