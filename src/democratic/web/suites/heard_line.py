"""When a promise was last heard of, in a line: and since when it is asked about without an answer."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.tracker.queries import Heard
from democratic.web.formats import day, number


def heard_line(heard: Heard) -> str:
    """« Dernière nouvelle : le 12 mars 2026. Demandée le 1er avril 2026, sans réponse. »"""
    last = (
        _("Dernière nouvelle : le %(day)s.") % {"day": day(heard.last_on)}
        if heard.last_on
        else _("Aucune nouvelle depuis la promesse.")
    )
    asked = asked_line(heard)
    return f"{last} {asked}" if asked else last


def asked_line(heard: Heard) -> str:
    times = len(heard.unanswered)
    if not times:
        return ""
    first = day(heard.unanswered[0])
    return ngettext(
        "Demandée le %(day)s, sans réponse.",
        "Demandée %(n)s fois depuis le %(day)s, sans réponse.",
        times,
    ) % {"day": first, "n": number(times)}
