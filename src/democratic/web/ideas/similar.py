"""What looks like what someone is saying: shown while she writes and once she has, and never in her way."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from democratic.kernel.limits import spend
from democratic.participation.ideas.queries import open_acts
from democratic.participation.ideas.similar import similar_to
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_to_act_in, stages_of
from democratic.participation.processes.tool import Act
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Kind, Record
from democratic.thread.queries.mine import supported_among
from democratic.web.guests import network_of
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import readable
from democratic.web.ideas.limits import LIKENESSES
from democratic.web.ideas.phrases import said, what_became
from democratic.web.places import at, process_path, record_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request
from democratic.web.sentences import together
from democratic.web.verified import alone


@require_POST
@readable
@shown_or_gone
def similar(request: Request, slug: str) -> HttpResponse:
    """A piece of a page, asked for by POST: what one is writing is in no address and no log."""
    process = get_process_to_act_in(request.viewer, slug)
    found = similar_ideas(request, process, request.POST.get("text", ""), back=process_path(slug, "dire"))
    response = render(request, "web/ideas/similar.html", {"similar": found, "is_asked": True})
    response.headers["Cache-Control"] = "no-store"
    return response


def similar_ideas(request: Request, process: Process, text: str, *, back: str) -> list[dict[str, Any]]:
    """Raises TooMany."""
    spend(LIKENESSES, network_of(request))
    return _drawn(request, process, similar_to(process, text), back)


def similar_to_record(request: Request, process: Process, record: Record) -> list[dict[str, Any]]:
    text = f"{record.title} {record.text}"
    found = similar_to(process, text, but=[record.pk])
    return _drawn(request, process, found, record_path(record.kind, record.code))


def _drawn(request: Request, process: Process, found: list[Any], back: str) -> list[dict[str, Any]]:
    if not found:
        return []
    now, today = request.clock.now(), today_of(request)
    may_support = Act.SUPPORT in open_acts(stages_of([process.pk])[process.pk], now)
    persons = person_and_claimed(request.person) if request.person else []
    mine = supported_among([each.id for each in found], persons)
    return [
        {
            "code": each.code,
            "title": each.title,
            "url": record_path(Kind.IDEA, each.code),
            "meta": together(
                " · ", said(each.origin, each.happened_at, today), alone(each.supports, each.verified)
            ),
            "became": what_became(each.state),
            "n": each.supports,
            "support": at(f"/paroles/{each.code}/soutenir") if may_support and each.id not in mine else "",
            "is_supported": each.id in mine,
            "back": back,
        }
        for each in found
    ]
