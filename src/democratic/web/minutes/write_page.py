"""What whoever takes the notes sees: what is to be done next, the essential, and every passage with its form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.legibility.reading import minutes_to_read
from democratic.kernel.ids import uuid7
from democratic.participation.meetings.minutes.marks import mark_of, mark_of_text
from democratic.participation.meetings.minutes.models import Minutes, MinutesBlock
from democratic.participation.meetings.minutes.queries import (
    blocks_of,
    catch_up_of,
    items_of,
)
from democratic.participation.meetings.minutes.rules import (
    has_begun,
    is_contestable,
    is_over,
    waiting_amendments,
)
from democratic.participation.meetings.minutes.ties import questions_and_votes
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.web.formats import day, hour, number
from democratic.web.minutes.access import page_of
from democratic.web.minutes.catch_up import reading_time
from democratic.web.minutes.page import due_at, state_of, trail_of
from democratic.web.minutes.write_forms import BlockForm, CatchUpForm, ProposeForm, Ties, initial_of
from democratic.web.pages import Main, show
from democratic.web.places import at
from democratic.web.requests import Request

LONGEST_TIE = 80
Forms = Mapping[str, forms.Form]


def ties_of(meeting: Meeting, draft: Minutes | None) -> Ties:
    return _ties(meeting, blocks_of([draft])[draft.pk] if draft else [])


def _ties(meeting: Meeting, blocks: list[MinutesBlock]) -> Ties:
    found = {str(pk): words for pk, words in questions_and_votes(meeting)}
    for block in blocks:
        if block.about is not None:
            found.setdefault(str(block.about_id), block.about.title or block.about.text)
    return Ties(
        items_of(meeting), [(pk, Truncator(str(words)).chars(LONGEST_TIE)) for pk, words in found.items()]
    )


def show_write_page(
    request: Request,
    meeting: Meeting,
    draft: Minutes | None,
    shown: Minutes | None,
    sent: Forms,
    status: int,
) -> HttpResponse:
    """``sent``: the form that was refused, by the name of its passage."""
    now, told = request.clock.now(), catch_up_of(meeting)
    blocks = blocks_of([draft])[draft.pk] if draft else []
    ties = _ties(meeting, blocks)
    context: dict[str, Any] = {
        "prefix": at(""),
        "trail": trail_of(meeting, _("Écrire"), (_("Compte rendu"), page_of(meeting, "compte-rendu"))),
        "meeting_title": title_of(meeting.record),
        "meeting_url": page_of(meeting),
        "meeting_on": day(meeting.starts_at, "weekday"),
        "here": page_of(meeting, "compte-rendu/ecrire"),
        "has_begun": has_begun(meeting, now),
        "is_over": is_over(meeting, now),
        "due": _due(meeting, now) if told is None else "",
        "told_on": day(told.at) if told else "",
        "draft": draft,
        "state": state_of(shown, now) if shown else None,
        "is_final": shown is not None and shown.state == Minutes.State.APPROVED,
        "may_approve": shown is not None
        and draft is None
        and shown.state == Minutes.State.PROPOSED
        and not is_contestable(shown, now),
        "waiting": _waiting(meeting) if shown else "",
        "links": _links(meeting),
        "key": uuid7().hex,
        "refused": sent.get("page"),
        "is_gone": _is_gone(sent, blocks),
    }
    if draft:
        context |= _of_draft(draft, blocks, ties, sent)
    title = _("Écrire le compte rendu : %(title)s") % {"title": title_of(meeting.record)}
    return show(request, Main("web/minutes/write.html", context, title, section="agenda", status=status))


def _of_draft(draft: Minutes, blocks: list[MinutesBlock], ties: Ties, sent: Forms) -> dict[str, Any]:
    lines = draft.catch_up.split("\n")
    return {
        "catch_up": sent.get("catch_up") or CatchUpForm(initial={"catch_up": draft.catch_up}),
        "catch_up_seen": mark_of_text(draft.catch_up),
        "catch_up_theirs": draft.catch_up if "catch_up" in sent else "",
        "reading": reading_time(minutes_to_read(lines)) if draft.catch_up else "",
        "propose": sent.get("propose") or ProposeForm(),
        "blocks": [_block(block, ties, sent) for block in blocks],
        "new": sent.get("new") or _unsaved(ties, sent, blocks) or BlockForm(ties, name="new"),
        "places": [(0, _("Tout au début"))]
        + [(b.rank, f"{b.rank}. {Truncator(b.text).chars(50)}") for b in blocks],
        "last": blocks[-1].rank if blocks else 0,
    }


def _block(block: MinutesBlock, ties: Ties, sent: Forms) -> dict[str, Any]:
    name = str(block.pk)
    form = sent.get(name)
    return {
        "id": name,
        "rank": block.rank,
        "label": block.get_kind_display(),
        "form": form or BlockForm(ties, initial=initial_of(block), name=name),
        # What she is shown now, and then sends again knowingly: hers replaces it.
        "seen": mark_of(block),
        "theirs": block.text if form is not None else "",
        "key": uuid7().hex,
        "is_open": form is not None,
    }


def _is_gone(sent: Forms, blocks: list[MinutesBlock]) -> bool:
    return bool(set(sent) - {str(block.pk) for block in blocks} - {"page", "new", "catch_up", "propose"})


def _unsaved(ties: Ties, sent: Forms, blocks: list[MinutesBlock]) -> forms.Form | None:
    """What was typed in a passage that someone removed meanwhile is proposed as a new one."""
    if not _is_gone(sent, blocks):
        return None
    form = next(each for name, each in sent.items() if name not in {str(block.pk) for block in blocks})
    return BlockForm(ties, initial=dict(form.data.items()), name="new")


def _due(meeting: Meeting, now: datetime) -> str:
    due = due_at(meeting)
    when = {"day": day(due, "weekday"), "hour": hour(due)}
    if now > due:
        return _("L’essentiel était promis pour le %(day)s à %(hour)s : il est en retard.") % when
    return _("L’essentiel est promis pour le %(day)s à %(hour)s.") % when


def _waiting(meeting: Meeting) -> str:
    n = waiting_amendments(meeting)
    if not n:
        return ""
    return ngettext(
        "Une correction demandée attend votre réponse",
        "%(n)s corrections demandées attendent votre réponse",
        n,
    ) % {"n": number(n)}


def _links(meeting: Meeting) -> list[tuple[str, str]]:
    return [
        (_("Rattrapage"), page_of(meeting, "rattrapage")),
        (_("Compte rendu public"), page_of(meeting, "compte-rendu")),
        (_("Corrections demandées"), page_of(meeting, "compte-rendu/corrections")),
        (_("Enregistrements et chapitres"), page_of(meeting, "enregistrements")),
        (_("Transcription"), page_of(meeting, "transcription/deposer")),
    ]
