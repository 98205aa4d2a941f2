"""What following the links of a draft gave, in words: what was found, when, and what to do about it."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from democratic.participation.processes.models import FollowedLink, LinkFound, Process
from democratic.participation.processes.preflight.outside import OutsideLink, outside_links
from democratic.web.desk.pages import process_desk_path
from democratic.web.formats import day


def look_of(process: Process, now: datetime) -> dict[str, Any] | None:
    """None when the draft leads to no other site. Two queries."""
    links = outside_links(process)
    if not links:
        return None
    return {
        "links": [_row(process, link, now) for link in links],
        "is_waiting": process.preparation.look_asked_at is not None,
        "is_off": not settings.FOLLOWS_LINKS,
    }


def _row(process: Process, link: OutsideLink, now: datetime) -> dict[str, Any]:
    followed = link.followed
    found = LinkFound(followed.found) if followed else LinkFound.NOT_FOLLOWED
    state = _("%(found)s (%(status)s)") if followed and followed.status else "%(found)s"
    return {
        "url": link.url,
        "state": state % {"found": found.label, "status": followed.status if followed else 0},
        "is_well": found == LinkFound.ANSWERS,
        "when": ago(now - followed.looked_at, followed.looked_at)
        if followed and found != LinkFound.NOT_FOLLOWED
        else "",
        "told": _told(found, followed),
        "mend": process_desk_path(process, f"preparer/{link.part}"),
    }


def _told(found: LinkFound, followed: FollowedLink | None) -> str:
    if followed is None or found == LinkFound.ANSWERS:
        return ""
    if found == LinkFound.TO_CHECK:
        return _told_of(followed.status)
    return {
        LinkFound.MISSING: _("Le site n’a pas cette page : corrigez l’adresse, ou ôtez le lien."),
        LinkFound.SILENT: _("Le site est peut-être en panne, ou l’adresse mal écrite : ouvrez-la vous-même."),
        LinkFound.NOT_FOLLOWED: _("Nous n’avons pas pu y aller : ouvrez-le vous-même."),
    }[found]


def _told_of(status: int) -> str:
    if not status:
        return _("Cette adresse ne mène pas au réseau public : vérifiez que tout le monde peut l’ouvrir.")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return _("Cette adresse renvoie vers une autre : ouvrez-la, et copiez l’adresse d’arrivée.")
    return _("Beaucoup de sites refusent les programmes : ouvrez-le vous-même.")


def ago(since: timedelta, moment: datetime) -> str:
    """« il y a 3 min »; the day, once it was before yesterday."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return _("vérifié à l’instant")
    if minutes < 60:  # noqa: PLR2004
        return _("vérifié il y a %(n)s min") % {"n": minutes}
    if minutes < 48 * 60:
        return _("vérifié il y a %(n)s h") % {"n": minutes // 60}
    return _("vérifié le %(day)s") % {"day": day(moment.date())}
