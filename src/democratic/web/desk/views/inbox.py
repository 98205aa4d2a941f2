"""The inbox: what people write to the authority, sorted, tagged, grouped and given to who will answer."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.communities.queries import services_of
from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Refusal
from democratic.participation.inbox.models import Channel, Conversation
from democratic.participation.inbox.queries import Asked, Tab, count_tabs, list_conversations, tags_of
from democratic.participation.inbox.states import WAITING
from democratic.thread.models import Kind
from democratic.web.acts import spend_a_write
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.inbox import CHANNELS
from democratic.web.desk.pages import desk_page
from democratic.web.desk.views.inbox_acts import ACTS, Ticked
from democratic.web.formats import day
from democratic.web.ideas.intake import line
from democratic.web.places import at
from democratic.web.processes.paging import pager, paging_of
from democratic.web.processes.phrases import days_left
from democratic.web.requests import Request, someone
from democratic.web.words import days_late as late_words

PAGE = 30
MOST_TICKED = 60
GROUPABLE = (Kind.IDEA, Kind.THEME, Kind.PROCESS, Kind.DEBATE, Kind.COMMITMENT)


def inbox_path() -> str:
    return at("/bureau/boite")


def conversation_path(code: str, act: str = "") -> str:
    return at(f"/bureau/boite/{code}" + (f"/{act}" if act else ""))


@require_http_methods(["GET", "POST"])
@for_agents
def listed(request: Request) -> HttpResponse:
    """By queue, the oldest due first; ticked, they are tagged, given, grouped or closed together."""
    if request.method == "POST":
        return _act(request)
    asked, person = _read(request.GET), someone(request)
    paging = paging_of(request, PAGE)
    found, total = list_conversations(
        request.authority, asked, person, offset=paging.offset, limit=paging.size
    )
    today = local_day(request.clock.now(), request.authority.time_zone)
    kept = _kept(asked)
    context = {
        "tabs": _tabs(asked, count_tabs(request.authority, person)),
        "rows": [row(each, today) for each in found],
        "pager": pager(paging, len(found), total, inbox_path(), **kept),
        "asked": asked,
        "tags": [(each.name, each.name == asked.tag) for each in tags_of(request.authority)],
        "channels": [(value, label, value == asked.channel) for value, label in CHANNELS],
        "services": services_of(request.authority),
        "is_narrowed": bool(asked.words or asked.tag or asked.channel or asked.service or asked.process),
        "is_closed": asked.tab == Tab.CLOSED,
        "empty": _empty(asked),
        "path": inbox_path(),
    }
    return desk_page(request, "inbox.html", context, title=_("Boîte commune"))


def _read(query: QueryDict) -> Asked:
    tab = line(query, "file")
    return Asked(
        tab=Tab(tab) if tab in set(Tab) else Tab.TO_SORT,
        words=line(query, "q")[:100],
        tag=line(query, "mot"),
        channel=line(query, "canal") if line(query, "canal") in Channel.values else "",
        service=line(query, "service"),
        process=line(query, "concertation"),
    )


def _kept(asked: Asked) -> dict[str, str]:
    return {
        "file": "" if asked.tab == Tab.TO_SORT else asked.tab.value,
        "q": asked.words,
        "mot": asked.tag,
        "canal": asked.channel,
        "service": asked.service,
        "concertation": asked.process,
    }


def _tabs(asked: Asked, counts: dict[Tab, int]) -> list[tuple[str, str, bool]]:
    labels = {
        Tab.TO_SORT: _("À trier"),
        Tab.MINE: _("À moi"),
        Tab.ALL_WAITING: _("Toutes en cours"),
        Tab.ASKED: _("En attente"),
        Tab.CLOSED: _("Répondues et closes"),
    }
    rows = []
    for tab, label in labels.items():
        kept = {name: value for name, value in {**_kept(asked), "file": tab.value}.items() if value}
        shown = f"{label} ({counts[tab]})" if counts.get(tab) else label
        rows.append((shown, f"{inbox_path()}?{urlencode(kept)}", tab == asked.tab))
    return rows


def row(each: Conversation, today: date) -> dict[str, Any]:
    """One line of the list, and what it was sorted under."""
    return line_of(each, today) | {
        "tags": [tag.name for tag in each.tags.all()],
        "about": each.about.code if each.about else "",
        "became": each.became.code if each.became else "",
    }


def line_of(each: Conversation, today: date) -> dict[str, Any]:
    """One line of the first page. ``when`` counts days where someone waits for us."""
    waits = each.state in WAITING
    late = max(0, (today - each.due_on).days) if waits else 0
    return {
        "id": each.pk,
        "title": each.subject,
        "url": conversation_path(each.code),
        "excerpt": getattr(each, "excerpt", "") or "",
        "origin": each.channel,
        "who": each.name or each.address or _("Sans nom"),
        "to": _in_hand(each),
        "state": "late" if late else "",
        "when": late_words(late) if late else _due(each, today) if waits else each.get_state_display(),
    }


def _in_hand(each: Conversation) -> str:
    who = each.assignee.name if each.assignee else ""
    what = each.service.name if each.service else ""
    return " · ".join(part for part in (who, what) if part) or _("à personne")


def _due(each: Conversation, today: date) -> str:
    return days_left(each.due_on, today) or _("pour le %(day)s") % {"day": day(each.due_on, "short")}


def _empty(asked: Asked) -> dict[str, Any]:
    what = {
        Tab.TO_SORT: (_("Rien à trier"), _("Chaque nouveau message arrive dans cette file.")),
        Tab.MINE: (_("Rien ne vous attend"), _("Ce qui vous est confié, ou à votre service, se pose ici.")),
        Tab.ALL_WAITING: (_("Personne n’attend"), _("Tous les messages ont reçu une réponse.")),
        Tab.ASKED: (_("Aucune question en attente"), _("Ce que vous demandez aux gens attend ici leur réponse.")),
        Tab.CLOSED: (_("Aucun échange fini"), _("Les échanges répondus ou clos restent ici treize mois.")),
    }[asked.tab]  # fmt: skip
    return {
        "what": what[0],
        "why": what[1],
        "who": _("Les gens écrivent depuis la page « Nous écrire », par e-mail, ou par téléphone."),
        "action": (_("Noter un appel"), at("/bureau/boite/appel")),
    }


def _act(request: Request) -> HttpResponse:
    back = redirect(request.get_full_path())
    act, ids = ACTS.get(request.POST.get("acte", "")), _ids(request.POST.getlist("conversation"))
    if act is None or not ids:
        messages.error(request, _("Cochez au moins un échange, et choisissez ce que vous en faites."))
        return back
    try:
        spend_a_write(request)
        messages.success(request, act(Ticked(request, ids)))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return back


def _ids(typed: list[str]) -> list[UUID]:
    found = []
    for each in typed[:MOST_TICKED]:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
