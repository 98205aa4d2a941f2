"""Reading a word and what was said of it, then deciding: kept, hidden, or not published."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.participation.ideas.holding import read_by
from democratic.people.models import Person
from democratic.stewardship.moderation.actions import Finding, rule_on
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Notice
from democratic.stewardship.moderation.queries.waiting import may_not_judge, notices_on, rejected_before
from democratic.stewardship.moderation.states import Outcome
from democratic.thread.models import Record, Visibility
from democratic.web.acts import attempt, refused
from democratic.web.desk.pages import acknowledge, desk_page
from democratic.web.formats import day
from democratic.web.ideas.intake import readable
from democratic.web.moderation.desk.access import for_moderators, word_to_judge
from democratic.web.moderation.forms import RulingForm
from democratic.web.moderation.phrases import desk_path, of_what, ruling_path
from democratic.web.places import record_path
from democratic.web.requests import Request, someone


def outcomes_of(record: Record) -> list[tuple[Outcome, Any]]:
    if record.visibility == Visibility.HELD:
        return [(Outcome.REFUSED, _("Ne pas la publier"))]
    return [(Outcome.KEPT, _("La garder")), (Outcome.HIDDEN, _("La masquer"))]


@require_http_methods(["GET", "POST"])
@readable
@for_moderators
def decide(request: Request, code: str) -> HttpResponse:
    record = word_to_judge(request, code)
    notices = notices_on(record)
    initial = {"rule": notices[0].rule} if notices else {}
    if record.visibility == Visibility.HELD:
        initial["outcome"] = Outcome.REFUSED
    form = RulingForm(
        request.POST if request.method == "POST" else None, outcomes=outcomes_of(record), initial=initial
    )
    if request.method == "POST":

        def act(person: Person, said: dict[str, Any]) -> str:
            ruling = rule_on(record=record, finding=finding_of(said), ruled_by=person, clock=request.clock)
            return ruling_path(ruling.record.code)

        done = attempt(request, form, act)
        if done is not None:
            acknowledge(request, _("C’est décidé, et public. Les personnes concernées le sauront."))
            return done
    return desk_page(
        request,
        "moderation_decide.html",
        _context(request, record, notices, form),
        title=_("Lire et décider"),
        crumbs=((_("La modération"), desk_path()),),
        status=refused(form),
    )


def finding_of(said: dict[str, Any]) -> Finding:
    return Finding(
        outcome=Outcome(said["outcome"]),
        rule=said["rule"],
        facts=said["facts"],
        ground=said["ground"],
        language=get_language() or "fr",
    )


def _context(request: Request, record: Record, notices: Sequence[Notice], form: RulingForm) -> dict[str, Any]:
    is_held, person = record.visibility == Visibility.HELD, someone(request)
    return {
        "record": record,
        "what": of_what(record.kind),
        "page": record_path(record.kind, record.code) if record.visibility == Visibility.PUBLIC else "",
        "notices": _notices(notices),
        "is_held": is_held,
        "is_over": not is_held and not notices,
        "before": day(read_by(record)) if is_held else "",
        "publish": desk_path(f"{record.code}/publier"),
        "may_not": may_not_judge(record, person),
        "form": form,
        "key": uuid4().hex,
        "back": desk_path(),
    }


def _notices(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    rejected = rejected_before(notices)
    return [
        {
            "rule": Rule(notice.rule).label,
            "text": notice.explanation,
            "on": day(notice.received_at),
            "is_automatic": notice.alarm is not None,
            "alarm": notice.alarm.get_kind_display() if notice.alarm else "",
            "rejected": _rejected(rejected[notice.pk]),
        }
        for notice in notices
    ]


def _rejected(n: int) -> str:
    if not n:
        return ""
    return ngettext(
        "La même personne a fait %(n)s autre signalement qui n’a pas été suivi.",
        "La même personne a fait %(n)s autres signalements qui n’ont pas été suivis.",
        n,
    ) % {"n": n}
