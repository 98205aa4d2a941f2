"""Discussions of members, on a page that nobody else reads."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import Presence
from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code, uuid7
from democratic.participation.houses.actions import open_topic, say_in_topic, set_word_aside
from democratic.participation.houses.models import HouseTopic
from democratic.participation.houses.queries import topic_in, topics_of, why_set_aside
from democratic.thread.actions import Words
from democratic.thread.models import Record, Visibility
from democratic.thread.queries.comments import Said, conversation_on
from democratic.web.acts import attempt
from democratic.web.formats import day
from democratic.web.houses.access import at_home, for_house_members, me, with_right
from democratic.web.houses.forms import ReasonForm, TopicForm, WordsForm
from democratic.web.houses.frame import ask_at_home, called, home_page
from democratic.web.houses.places import house_path
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 20


@require_GET
@at_home
def topics(request: Request, presence: Presence) -> HttpResponse:
    house, paging = presence.house, paging_of(request, PAGE)
    found, total = topics_of(house, offset=paging.offset, limit=paging.size)
    here = house_path(house, "discussions")
    context = {
        "rows": [
            {
                "title": topic.record.title,
                "url": f"{here}/{topic.record.code}",
                "on": day(local_day(topic.record.happened_at, request.authority.time_zone)),
                "said": topic.said,  # type: ignore[attr-defined]
            }
            for topic in found
        ],
        "pager": pager(paging, len(found), total, here),
        "new_url": f"{here}/nouvelle",
    }
    return home_page(request, presence, "topics.html", context, title=_("Discussions"), here="discussions")


@require_http_methods(["GET", "POST"])
@for_house_members
def new_topic(request: Request, presence: Presence) -> HttpResponse:
    form = TopicForm(request.POST if request.method == "POST" else None)
    here = house_path(presence.house, "discussions")

    def act(cleaned: dict[str, Any]) -> str:
        words = Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr")
        topic = open_topic(house=presence.house, words=words, clock=request.clock)
        return f"{here}/{topic.record.code}"

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Ouvrir une discussion"),
        lead=_("Seuls les membres la lisent, et les adultes qui aident encore."),
        send=_("Ouvrir"),
        done=_("La discussion est ouverte."),
        above=(_("Discussions"), here),
    )


def _topic(presence: Presence, code: str) -> HouseTopic:
    found = topic_in(presence.house, read_code(code) or "")
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@at_home
def topic(request: Request, presence: Presence, topic: str) -> HttpResponse:
    found = _topic(presence, topic)
    here = house_path(presence.house, f"discussions/{found.record.code}")
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        member = me(presence)

        def act(cleaned: dict[str, Any]) -> str:
            said = say_in_topic(
                topic=found,
                member=member,
                text=cleaned["text"],
                language=get_language() or "fr",
                byline=called(member),
                clock=request.clock,
            )
            return f"{here}#{said.record.code}"

        location = attempt(request, form, lambda _person, cleaned: act(cleaned))
        if location is not None:
            return location
    after = read_code(request.GET.get("apres", "")) or ""
    conversation = conversation_on(found.pk, found.record.audience_id, after=after)
    gone = why_set_aside([each.id for each in conversation.comments if each.visibility == Visibility.HIDDEN])
    context = {
        "text": found.record.text,
        "comments": [_said(request, presence, each, gone, here) for each in conversation.comments],
        "next_url": f"{here}?apres={conversation.next}" if conversation.next else "",
        "form": form,
        "key": request.POST.get("key") or uuid7().hex,
        "here_url": here,
    }
    above = (_("Discussions"), house_path(presence.house, "discussions"))
    return home_page(
        request, presence, "topic.html", context, title=found.record.title, here="discussions", above=above
    )


def _said(
    request: Request, presence: Presence, said: Said, gone: dict[Any, str], here: str
) -> dict[str, Any]:
    is_gone = said.visibility != Visibility.PUBLIC
    return {
        "code": said.code,
        "by": said.byline or _("Sans nom"),
        "when": day(local_day(said.happened_at, request.authority.time_zone)),
        "text": "" if is_gone else said.text,
        "gone": is_gone,
        "why": gone.get(said.id, ""),
        "aside_url": f"{here}/{said.code}/ecarter" if presence.may(Right.MODERATE) and not is_gone else "",
    }


@require_http_methods(["GET", "POST"])
@with_right(Right.MODERATE)
def set_aside(request: Request, presence: Presence, topic: str, said: str) -> HttpResponse:
    found = _topic(presence, topic)
    record = Record.objects.filter(comment__subject=found.pk, code=read_code(said) or "").first()
    if record is None or record.visibility != Visibility.PUBLIC:
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None)
    back = house_path(presence.house, f"discussions/{found.record.code}")

    def act(cleaned: dict[str, Any]) -> str:
        set_word_aside(record=record, house=presence.house, reason=cleaned["reason"], clock=request.clock)
        return back

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Écarter ce message"),
        lead=_("Il ne se lira plus ; sa place reste, avec le motif."),
        send=_("Écarter"),
        done=_("C’est écarté, et tous les membres lisent pourquoi."),
        above=(found.record.title, back),
    )
