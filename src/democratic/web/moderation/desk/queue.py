"""What waits for a moderator: one list a tab, the most urgent first."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from democratic.participation.ideas.holding import read_by
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Alarm, Ruling
from democratic.stewardship.moderation.queries import waiting
from democratic.thread.models import Kind, Record
from democratic.thread.rules import is_agent
from democratic.web.desk.pages import desk_page
from democratic.web.formats import day, hour, number
from democratic.web.moderation.desk.access import for_moderators
from democratic.web.moderation.phrases import desk_path, of_what, ruling_row
from democratic.web.places import at, record_path
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request

NOTICES, HELD, APPEALS, ALARMS = "", "relecture", "recours", "alertes"


@require_GET
@for_moderators
def queue(request: Request) -> HttpResponse:
    """Four lists, one shown; every list in the same number of queries whatever it holds."""
    here = request.GET.get("quoi", NOTICES)
    here = here if here in (HELD, APPEALS, ALARMS) else NOTICES
    counts, paging = waiting.counts(request.viewer), paging_of(request, waiting.A_PAGE)
    context: dict[str, Any] = {
        "tabs": _tabs(counts, here),
        "tabs_label": _("Ce qui attend"),
        "here": here,
        "register": at("/moderation"),
        "may_choose": bool(is_agent(request.viewer)),
        "rules": [],
        "pager": None,
        **_LISTS[here](request, counts, paging),
        "empty": _empty(here),
    }
    return desk_page(request, "moderation_queue.html", context, title=_("La modération"))


def _tabs(counts: waiting.Counts, here: str) -> list[tuple[str, str, bool]]:
    lists = (
        (NOTICES, _("Signalements (%(n)s)"), counts.signalled),
        (HELD, _("Premières paroles (%(n)s)"), counts.held),
        (APPEALS, _("Recours (%(n)s)"), counts.contested),
        (ALARMS, _("Alertes (%(n)s)"), counts.alarms),
    )
    return [
        (label % {"n": number(n)}, f"{desk_path()}?quoi={key}" if key else desk_path(), key == here)
        for key, label, n in lists
    ]


def _notices(request: Request, counts: waiting.Counts, paging: Paging) -> dict[str, Any]:
    asked = request.GET.get("regle", "")
    rule = asked if asked in Rule.values else ""
    found = waiting.signalled(request.viewer, rule=rule, skip=paging.offset)
    total = waiting.count_signalled(request.viewer, rule) if rule else counts.signalled
    return {
        "rows": [_signalled(each) for each in found],
        "pager": pager(paging, len(found), total, desk_path(), regle=rule),
        "rules": [(each.value, each.label, each.value == rule) for each in Rule],
    }


def _signalled(each: waiting.Waiting) -> dict[str, Any]:
    n = ngettext("%(n)s signalement", "%(n)s signalements", each.notices) % {"n": number(each.notices)}
    since = _("depuis le %(day)s") % {"day": day(each.since, "short")}
    return {
        **_row(each.record),
        "url": desk_path(each.record.code),
        "verb": _("Lire et décider"),
        "meta": " · ".join([n, since, *(str(rule.label) for rule in each.rules)]),
        "is_urgent": each.is_urgent,
        "note": _("Repérée aussi par un calcul") if each.is_from_alarm else "",
    }


def _row(record: Record) -> dict[str, Any]:
    about = record.process.title if record.process else ""
    what = of_what(record.kind)
    return {
        "title": record.title if record.kind != Kind.COMMENT and record.title else record.text,
        "place": " · ".join(part for part in (what, record.code, about) if part),
    }


def _held(request: Request, counts: waiting.Counts, paging: Paging) -> dict[str, Any]:
    found = waiting.held(request.viewer, skip=paging.offset)
    return {
        "rows": [
            {
                **_row(record),
                "url": desk_path(record.code),
                "verb": _("Lire"),
                "meta": _("dite le %(day)s, à lire avant le %(before)s")
                % {"day": day(record.recorded_at, "short"), "before": day(read_by(record), "short")},
                "is_urgent": False,
                "note": "",
            }
            for record in found
        ],
        "pager": pager(paging, len(found), counts.held, desk_path(), quoi=HELD),
    }


def _appeals(request: Request, counts: waiting.Counts, paging: Paging) -> dict[str, Any]:
    found = waiting.contested(request.viewer, skip=paging.offset)
    return {
        "rows": [_contested(each) for each in found],
        "pager": pager(paging, len(found), counts.contested, desk_path(), quoi=APPEALS),
    }


def _contested(ruling: Ruling) -> dict[str, Any]:
    row = ruling_row(ruling)
    return {
        "title": row["title"],
        "place": f"{row['label']} · {ruling.record.code}",
        "url": desk_path(f"recours/{ruling.record.code}"),
        "verb": _("Examiner"),
        "meta": row["meta"],
        "is_urgent": False,
        "note": "",
    }


def _alarms(request: Request, _counts: waiting.Counts, _paging: Paging) -> dict[str, Any]:
    found = waiting.open_alarms(request.viewer)
    return {"alarms": [_alarm(each) for each in found], "rows": []}


def _alarm(alarm: Alarm) -> dict[str, Any]:
    flagged: int = getattr(alarm, "flagged", 0)
    return {
        "title": Alarm.Kind(alarm.kind).label,
        "process": alarm.process.title,
        "url": record_path(Kind.PROCESS, alarm.process.code),
        "when": _("du %(first)s à %(at)s au %(last)s à %(to)s")
        % {
            "first": day(alarm.began_at, "short"),
            "at": hour(alarm.began_at),
            "last": day(alarm.last_at, "short"),
            "to": hour(alarm.last_at),
        },
        "acts": number(alarm.acts),
        "usual": number(alarm.usual),
        "flagged": flagged,
        "close": desk_path(f"alertes/{alarm.pk}/fermer"),
        "first_words": at(f"/bureau/concertations/{alarm.process.as_process.slug}/premieres-paroles"),
        "holds": alarm.process.as_process.holds_first_words,
    }


def _empty(here: str) -> dict[str, Any]:
    why = {
        NOTICES: _("Aucun signalement n’attend. Chaque parole en porte le lien, pour tout le monde."),
        HELD: _("Aucune première parole n’attend. On choisit de les relire, concertation par concertation."),
        APPEALS: _("Personne ne conteste de décision. On peut le faire pendant six mois."),
        ALARMS: _("Rien d’inhabituel. Les calculs regardent toutes les cinq minutes, et ne masquent rien."),
    }
    return {
        "what": _("Rien n’attend ici"),
        "why": why[here],
        "who": _("Ce qui arrivera se posera ici, le plus grave d’abord."),
        "action": (_("Lire le registre public"), at("/moderation")),
    }


_LISTS = {NOTICES: _notices, HELD: _held, APPEALS: _appeals, ALARMS: _alarms}
