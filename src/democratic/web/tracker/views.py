"""What the monthly mail leads to: one page for all that a service owes. A GET shows it; only a POST acts."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from democratic.kernel.clock import local_day
from democratic.kernel.ids import uuid7
from democratic.kernel.refusals import Refusal
from democratic.participation.obligations.models import Obligation
from democratic.participation.tracker.links import LIFE, link_at
from democratic.participation.tracker.models import UpdateLink
from democratic.participation.tracker.owed import lines_of
from democratic.participation.tracker.queries import Heard, heard_of
from democratic.participation.tracker.telling import put_out
from democratic.web import words
from democratic.web.acts import respond_to_refusal
from democratic.web.formats import day
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.requests import Request
from democratic.web.suites.heard_line import heard_line
from democratic.web.tracker.forms import LineForm
from democratic.web.tracker.sending import Sent, send_lines

PARTLY = 409


@require_http_methods(["GET", "POST"])
def news(request: Request, token: str) -> HttpResponse:
    link = link_at(request.authority, token, request.clock.now())
    if link is None:
        return _no_longer(request)
    service, today = link.request.service, today_of(request)
    sent = Sent()
    if request.method == "POST":
        try:
            sent = send_lines(request, link, lines_of(service.pk, service.authority_id), today)
        except Refusal as refusal:
            return respond_to_refusal(refusal)
        if sent.told:
            messages.success(request, _told(len(sent.told)))
        if not sent.refused:
            return redirect(request.get_full_path())
    return show_once(request, _page(request, link, sent, token))


def _told(n: int) -> str:
    return ngettext("Une nouvelle est publiée.", "%(n)s nouvelles sont publiées.", n) % {"n": n}


def _page(request: Request, link: UpdateLink, sent: Sent, token: str) -> Main:
    service, today = link.request.service, today_of(request)
    lines = lines_of(service.pk, service.authority_id)
    heard = heard_of([(line.record, line.service_id) for line in lines])
    title = _("Où en êtes-vous ?")
    ends = local_day(link.made_at + LIFE, request.authority.time_zone) - timedelta(days=1)
    wrong = sum(bool(form.errors) for form in sent.refused.values())
    context: dict[str, Any] = {
        "title": title,
        "service": service.name,
        "is_by_delegation": link.is_by_delegation,
        "until": day(ends),
        "lines": [_line(line, heard[line.record_id], sent, today) for line in lines],
        "wrong": wrong,
        "key": uuid7().hex,  # what was told is told: each time it is shown, it is another form
        "path": request.get_full_path(),
        "out_path": at(f"/point-d-etape/{token}/eteindre"),
        "empty": _empty(service.name),
    }
    return Main("web/tracker/news.html", context, title=title, status=PARTLY if wrong else 200)


def _line(owed: Obligation, heard: Heard, sent: Sent, today: date) -> dict[str, Any]:
    record = owed.record
    late = max(0, (today - owed.first_due_on).days)
    form = sent.refused.get(record.code) or LineForm(owed)
    return {
        "code": record.code,
        "title": record.title,
        "url": record_path(record.kind, record.code),
        "kind": owed.get_owed_display(),
        "state": "late" if late else record.state,
        "of": owed.owed,
        "label": words.days_late(late) if late else "",
        "due": day(owed.due_on),
        "first": day(owed.first_due_on) if owed.due_on != owed.first_due_on else "",
        "heard": heard_line(heard),
        "form": form,
        "is_putting_off": bool(form.is_bound and not form.is_untouched and _says_a_date(form)),
        "is_wrong": bool(form.errors),
    }


def _says_a_date(form: LineForm) -> bool:
    return any(form.data.get(form.add_prefix(name)) or form.errors.get(name) for name in ("new_on", "reason"))


def _empty(service: str) -> dict[str, Any]:
    return {
        "what": _("Rien n’est attendu de votre service"),
        "why": _("Tout ce qu’il devait est tenu, ou clos en public."),
        "who": _("Le prochain engagement de « %(service)s » vous sera signalé.") % {"service": service},
        "action": (_("Voir tous les engagements"), at("/engagements")),
    }


@require_POST
def put_out_link(request: Request, token: str) -> HttpResponse:
    link = link_at(request.authority, token, request.clock.now())
    if link is not None:
        put_out(link=link, clock=request.clock)
    return _no_longer(request)


def _no_longer(request: Request) -> HttpResponse:
    """Unknown, too old, put out, or of a service that changed hands: nothing tells them apart."""
    heading = _("Ce lien n’est plus valable")
    why = _(
        "Il date de plus de trente jours, il est éteint, ou le service a changé de main."
        " Au bureau, chaque engagement se met à jour à tout moment."
    )
    said = {"heading": heading, "text": why, "status": 404}
    return show(request, Main("web/error.html", said, title=heading, status=404))
