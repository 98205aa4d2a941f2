"""What a fil still waits for: holes, with who acts next and since when, and what is to come, with its date."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.obligations.models import Owed
from democratic.participation.reports.fil import Knot, Missing
from democratic.thread.models import Kind
from democratic.web.formats import number
from democratic.web.suites.fil import phrases, voices
from democratic.web.suites.fil.telling import Drawn, Telling, part, url_of
from democratic.web.suites.states import promised
from democratic.web.words import days_late


def missing(telling: Telling, knot: Knot) -> Drawn:
    title, text = _hole(knot)
    since = telling.fil.today - knot.on if knot.on else None
    drawn: Drawn = {
        "state": "hole",
        "many": True,
        "icon": "triangle-alert",
        "title": title,
        "text": text,
        "moment": _("rien depuis %(days)s") % {"days": phrases.days(since.days)}
        if since and since.days
        else "",
    }
    if knot.missing == Missing.ANSWER and knot.lost:
        drawn["stamp"] = {"code": "late", "of": "answer", "label": days_late(knot.lost)}
        reason = knot.reason or _("Aucun motif n’a été donné à ce jour.")
        drawn["body"] = part("delay", label="", reason=reason)
    return drawn


def _hole(knot: Knot) -> tuple[str, str]:
    who = {"who": knot.who or _("La collectivité")}
    match knot.missing:
        case Missing.THEME:
            return (
                _("Pas encore rapprochée d’un sujet"),
                _("%(who)s doit rapprocher les paroles qui disent la même chose.") % who,
            )
        case Missing.ANSWER:
            owed = knot.counts.get("owed", 1)
            return (
                ngettext("La réponse promise n’est pas signée", "%(n)s voix attendent leur réponse", owed)
                % {"n": number(owed)},
                _("%(who)s doit répondre, avec la raison.") % who
                if knot.on
                else _("Aucun jour n’a été promis. %(who)s doit répondre.") % who,
            )
        case Missing.DECISION:
            return (
                _("Une réponse, pas encore de décision"),
                _("La réponse retient quelque chose. %(who)s doit la porter jusqu’à une décision.") % who,
            )
        case Missing.COMMITMENT:
            return (
                _("Une décision, aucun engagement"),
                _("%(who)s doit dire quel service fait quoi, et pour quand.") % who,
            )
        case _:
            return (
                _("Aucune preuve n’est publiée"),
                _("%(who)s doit montrer ce qui a été fait : un lien, une photo, un document.") % who,
            )


def ahead(telling: Telling, knot: Knot) -> Drawn:
    drawn: dict[str, Any] = {"state": "ahead", "many": True, "icon": "clock", "moment": _in(telling, knot.on)}
    if knot.missing == Missing.ANSWER:
        owed = knot.counts.get("owed", 1)
        return drawn | {
            "icon": "pen-line",
            "title": ngettext("Une réponse est due", "%(n)s voix attendent leur réponse", owed)
            % {"n": number(owed)},
            "text": _("%(who)s répond par écrit, avec la raison.") % {"who": knot.who},
            "body": part("promise_line", due=knot.due, line=promised(knot.due)),
        }
    if knot.due and knot.due.owed == Owed.REPORT:
        return drawn | {
            "icon": "flag",
            "title": _("Le bilan"),
            "text": _("Ce qui a été demandé, ce qui a été fait, ce qui ne l’a pas été. %(who)s en répond.")
            % {"who": knot.who},
        }
    record = knot.record
    if record is None:
        return drawn
    if record.kind == Kind.MEETING:
        return voices.meeting(telling, knot, record) | drawn | {"icon": "mic"}
    is_action = record.kind == Kind.ACTION
    kind = _("Action, %(service)s") if is_action else _("Engagement, %(service)s")
    return drawn | {
        "icon": "check" if is_action else "flag",
        "stamp": {"code": knot.standing, "of": "action" if is_action else "commitment", "label": ""},
        "text": phrases.text_of(record),
        "kind": kind % {"service": knot.who},
        "title": phrases.title_of(record),
        "url": url_of(record),
        "body": part("promise_line", due=knot.due, line=promised(knot.due)),
    }


def _in(telling: Telling, on: date | None) -> str:
    if on is None:
        return _("à venir")
    left = (on - telling.fil.today).days
    if left < 0:
        return _("rien depuis %(days)s") % {"days": phrases.days(-left)}
    return _("aujourd’hui") if left == 0 else _("dans %(days)s") % {"days": phrases.days(left)}
