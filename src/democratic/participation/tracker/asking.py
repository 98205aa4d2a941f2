"""Asking each service, once a month, where it stands. Only rows are inserted: the mail leaves by its own job.

The request, its Entry, its link and its message are one transaction for each service: killed anywhere, what
was written is whole, what was not is asked by the next round, and nobody is asked twice for one month.
"""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from democratic.communities.models import Service
from democratic.kernel.clock import Clock
from democratic.messaging.actions import UPDATE_ASKED, Notice, queue_messages
from democratic.participation.obligations.models import Obligation
from democratic.participation.tracker.events import UPDATES_ASKED
from democratic.participation.tracker.links import holders_of, url_of
from democratic.participation.tracker.models import UpdateLink, UpdateRequest
from democratic.participation.tracker.owed import lines_of, open_promises
from democratic.participation.tracker.rhythm import asking_day, chosen_day
from democratic.participation.tracker.texts import asking_text
from democratic.people.actions import address_of_work
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Authority

OPENS_AT = 8  # o'clock, where the authority is: nobody is asked at night


def ask_for_updates(*, authority: Authority, clock: Clock) -> int:
    """How many services were asked now. From the day of the month on: a worker that was down asks the day after."""
    local = clock.now().astimezone(ZoneInfo(authority.time_zone))
    month = local.date().replace(day=1)
    day = asking_day(month, chosen_day(authority))
    if local.date() < day or local.hour < OPENS_AT:
        return 0
    opening = datetime.combine(day, time.min, ZoneInfo(authority.time_zone))
    asked = UpdateRequest.objects.filter(month=month).values("service")
    waiting = open_promises(authority.pk).filter(record__happened_at__lt=opening).exclude(service__in=asked)
    services = waiting.order_by("service").values_list("service", flat=True).distinct()
    return sum(_ask(service, month, opening, clock) for service in services)


@transaction.atomic
def _ask(service_id: UUID, month: date, opening: datetime, clock: Clock) -> bool:
    """What was promised since ``opening`` waits for next month."""
    found = Service.objects.select_for_update(of=("self",), no_key=True).select_related("authority")
    service = found.get(pk=service_id)
    if UpdateRequest.objects.filter(service=service, month=month).exists():
        return False
    lines = lines_of(service.pk, service.authority_id, before=opening)
    if not lines:
        return False
    now = clock.now()
    today = now.astimezone(ZoneInfo(service.authority.time_zone)).date()
    entry = append_entry(
        UPDATES_ASKED,
        record=None,
        authority=service.authority,
        now=now,
        data={
            "service": service.name,
            "month": f"{month:%Y-%m}",
            "about": [line.record.code for line in lines],
        },
        is_institutional=True,
    )
    request = UpdateRequest.objects.create(service=service, month=month, asked_on=today, entry=entry)
    _write_to_holder(request, lines, now, today)
    for line in lines:
        bump_pages_of(line.record)  # their pages say since when they are asked
    return True


def _write_to_holder(request: UpdateRequest, lines: list[Obligation], now: datetime, today: date) -> None:
    """Nobody there to read it: the request stands in public all the same, and the desk's table says so."""
    service = request.service
    for holder, is_deputy in holders_of(service):
        address = address_of_work(account=holder.account)
        if address.stopped_at is not None:
            continue
        link = UpdateLink.objects.create(
            request=request, holder=holder, is_by_delegation=is_deputy, made_at=now
        )
        url = url_of(link, service.authority, address.language)
        text = asking_text(service.name, lines, url, today, address.language)
        queue_messages(
            [Notice(service.authority, address, UPDATE_ASKED, text.subject, text.body, request.entry_id)]
        )
        return
