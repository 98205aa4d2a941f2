"""A code that was given in the street before its sentence is published: received, and nothing of its words."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from democratic.participation.street.queries import slip_of
from democratic.web.formats import day
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request


def slip_page(request: Request, code: str) -> HttpResponse | None:
    """None: no slip of the street bears this code, or nothing came back with it yet."""
    slip = slip_of(request.authority, code)
    if slip is None:
        return None
    title = _("Reçue, en relecture") if slip.is_waiting else _("Votre réponse est comptée")
    session = slip.session.record
    context = {
        "title": title,
        "code": code,
        "is_waiting": slip.is_waiting,
        "place": session.place,
        "on": day(slip.session.starts_at),
        "session_url": at(f"/rendez-vous-de-rue/{session.code}"),
    }
    return show_once(request, Main("web/ideas/slip.html", context, title=title))
