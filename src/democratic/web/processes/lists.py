"""« Participer »: every concertation, those where one can speak today first."""

from datetime import date

from django.utils.translation import gettext as _

from democratic.participation.processes.queries import list_processes
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.pages import Main
from democratic.web.places import at
from democratic.web.processes.cards import process_card
from democratic.web.processes.paging import Paging, pager


def build_process_list(viewer: Viewer, paging: Paging, today: date) -> Main:
    lines, total = list_processes(viewer, today, offset=paging.offset, limit=paging.size)
    context = {
        "prefix": at(""),
        "trail": [(_("Participer"), "")],
        "cards": [process_card(line, today) for line in lines],
        "total": total,
        "pager": pager(paging, len(lines), total, at("/participer")),
        "empty": {
            "what": _("Aucune concertation n’est encore ouverte"),
            "why": _("Une concertation découle d’une commande politique, publiée avant elle."),
            "who": _("La collectivité ouvre la première ; elle apparaîtra ici avec ses dates."),
            "action": (_("Voir ce qui est demandé"), at("/commandes")),
        },
    }
    return Main(
        "web/processes/processes.html",
        context,
        _("Participer"),
        section="participate",
        feeds=feeds_of("/participer"),
    )
