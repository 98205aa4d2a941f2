"""For who runs a meeting: its votes, prepared, opened, closed, counted by hand and asked again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from democratic.kernel.refusals import Refusal
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.meetings.soundings.asking import ask_again, drop_sounding, open_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.hands import COUNTED_BY_HAND
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingKind
from democratic.participation.meetings.soundings.queries import counts_of, soundings_to_run
from democratic.participation.meetings.soundings.states import SoundingState, state_of
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.acts import spend_a_write
from democratic.web.desk.pages import Crumb, desk_page
from democratic.web.formats import number
from democratic.web.ideas.intake import readable
from democratic.web.meetings.team import for_team
from democratic.web.meetings.votes.found import vote_in
from democratic.web.meetings.votes.places import run_path, vote_path, votes_path
from democratic.web.meetings.votes.words import how, received
from democratic.web.places import record_path
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 20


def crumbs_of(meeting: Meeting, *, with_votes: bool = True) -> tuple[Crumb, ...]:
    page = record_path(Kind.MEETING, meeting.record.code)
    first = (title_of(meeting.record), page)
    return (first, (_("Votes"), votes_path(meeting))) if with_votes else (first,)


@require_safe
@for_team(can_facilitate)
def votes(request: Request, meeting: Meeting) -> HttpResponse:
    paging, here = paging_of(request, PAGE), votes_path(meeting)
    found, total = soundings_to_run(meeting, offset=paging.offset, limit=paging.size)
    by_hand = counts_of(found)
    now, me = request.clock.now(), someone(request)
    new = votes_path(meeting, "nouveau")
    context = {
        "rows": [
            _row(
                each, state_of(each, now), [_count(each, count, me.pk) for count in by_hand.get(each.pk, [])]
            )
            for each in found
        ],
        "pager": pager(paging, len(found), total, here),
        "new": new,
        "live": record_path(Kind.MEETING, meeting.record.code) + "/direct",
        "empty": {
            "what": _("Aucun vote n’est préparé"),
            "why": _(
                "Un choix, plusieurs, une échelle, un classement, quelques mots ou un tour de consentement."
            ),
            "who": _("Préparez-le ici ; il s’ouvre et se ferme d’un geste pendant la rencontre."),
            "action": (_("Préparer un vote"), new),
        },
    }
    title = _("Votes de la rencontre")
    return desk_page(
        request,
        "meeting_votes.html",
        context,
        title=title,
        crumbs=crumbs_of(meeting, with_votes=False),
    )


def _row(sounding: Sounding, state: SoundingState, counts: list[dict[str, Any]]) -> dict[str, Any]:
    is_closed = sounding.closed_at is not None
    return {
        "title": sounding.record.title,
        "how": how(sounding),
        "state": state.value,
        "label": str(state.label),
        "received": received(getattr(sounding, "voices_n", 0)) if sounding.opened_at else "",
        "base": run_path(sounding, "").rstrip("/"),
        "url": vote_path(sounding) if sounding.opened_at else "",
        "counts": counts,
        "by_hand": sounding.opened_at is not None and sounding.kind in COUNTED_BY_HAND,
        "may_again": is_closed,
        "is_consent": sounding.kind == SoundingKind.CONSENT,
        "again_of": sounding.again_of.record.title if sounding.again_of else "",
    }


def _count(sounding: Sounding, count: SoundingCount, me: Any) -> dict[str, Any]:
    return {
        "by": count.get_by_display(),
        "total": number(count.total),
        "is_verified": count.verified_at is not None,
        "is_mine": count.entered_by_id == me,
        "base": run_path(sounding, f"comptages/{count.pk}"),
    }


@require_POST
@readable
@for_team(can_facilitate)
def act(request: Request, meeting: Meeting, vote: str, act: str) -> HttpResponse:
    """Opens, closes, drops or asks again: one button each."""
    sounding = vote_in(meeting, vote)
    try:
        spend_a_write(request)
        messages.success(request, _done(request, sounding, act))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(votes_path(meeting))


def _done(request: Request, sounding: Sounding, act: str) -> str:
    if act == "ouvrir":
        open_sounding(sounding=sounding, clock=request.clock)
        return _("Le vote est ouvert : on y répond maintenant.")
    if act == "fermer":
        close_sounding(sounding=sounding, clock=request.clock)
        return _("Le vote est fermé. Le résultat est sur tous les écrans.")
    if act == "jeter":
        drop_sounding(sounding=sounding)
        return _("Le brouillon est jeté.")
    if act == "encore" and sounding.kind != SoundingKind.CONSENT:
        ask_again(sounding=sounding, clock=request.clock, author=request.person)
        return _("La même question est prête : ouvrez-la pour voir ce qui a bougé.")
    raise Http404
