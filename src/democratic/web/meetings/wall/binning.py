"""A question that breaks a rule goes to the bin, which stays readable; who asked may contest, and another judges."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.reports.home import title_of
from democratic.people.models import Person
from democratic.stewardship.moderation.actions import Finding, rule_on
from democratic.stewardship.moderation.queries.public import A_PAGE, Binned, bin_of_meeting
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Kind, Visibility
from democratic.web import acts
from democratic.web.meetings.team import for_team, meeting_at
from democratic.web.meetings.wall.forms import BinForm
from democratic.web.meetings.wall.places import sorting_path, wall_path
from democratic.web.meetings.wall.sorting import question_to_sort
from democratic.web.moderation.phrases import ruling_row
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "HEAD", "POST"])
@for_team(can_facilitate)
def put_in_bin(request: Request, meeting: Meeting, question: str) -> HttpResponse:
    found = question_to_sort(request, meeting, question)
    record, back = found.record, sorting_path(meeting.record.code)
    form = BinForm(request.POST if request.method == "POST" else None)
    outcome = Outcome.REFUSED if record.visibility == Visibility.HELD else Outcome.HIDDEN

    def act(_person: Person, said: dict[str, Any]) -> str:
        finding = Finding(outcome, said["rule"], said["facts"], said["ground"], get_language() or "fr")
        rule_on(
            record=record, finding=finding, ruled_by=someone(request), clock=request.clock, is_unasked=True
        )
        messages.success(request, _("Elle est dans la corbeille, lisible avec sa raison. On peut contester."))
        return back

    if request.method == "POST":
        done = acts.attempt(request, form, act)
        if done is not None:
            return done
    title = _("Écarter une question")
    context = {
        "prefix": at(""),
        "trail": [
            (title_of(meeting.record), record_path(Kind.MEETING, meeting.record.code)),
            (_("Trier"), back),
            (title, ""),
        ],
        "title": title,
        "said": record.title,
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "back": back,
    }
    main = Main(
        "web/meetings/wall/put_in_bin.html", context, title, section="agenda", status=acts.refused(form)
    )
    return show(request, main)


@require_safe
def readable(request: Request, code: str) -> HttpResponse:
    """Everyone reads the rule and the facts; the words, only who takes part: what was binned is not for search engines."""
    meeting, paging = meeting_at(request, code), paging_of(request, A_PAGE)
    found, total = bin_of_meeting(request.viewer, meeting.pk, skip=paging.offset)
    title, here, knows = _("Les questions écartées"), wall_path(code, "ecartees"), request.person is not None
    context = {
        "prefix": at(""),
        "title": title,
        "trail": [
            (title_of(meeting.record), record_path(Kind.MEETING, code)),
            (_("Les questions"), wall_path(code)),
            (title, ""),
        ],
        "binned": [_drawn(each, knows=knows) for each in found],
        "knows": knows,
        "pager": pager(paging, len(found), total, here),
        "empty": {
            "what": title,
            "why": _("Aucune question de cette rencontre n’a été écartée, ou toutes ont été remises au mur."),
            "who": _("Celle qui le serait se lirait ici, avec la règle et les faits."),
            "action": (_("Voir les questions"), wall_path(code)),
        },
    }
    return show(request, Main("web/meetings/wall/bin.html", context, title, section="agenda"))


def _drawn(binned: Binned, *, knows: bool) -> dict[str, Any]:
    words = binned.record.title if binned.is_readable and knows else ""
    more = binned.record.text if words else ""
    return {
        **ruling_row(binned.ruling),
        "words": words,
        "more": more,
        "is_readable": binned.is_readable,
        "contest": at(f"/moderation/{binned.ruling.record.code}/contester"),
    }
