"""Two minutes to catch up: the essential, what is decided, what is owed and by whom, the votes, where to see it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.captions.chapters import clock
from civics.legibility.reading import minutes_to_read
from democratic.participation.meetings.minutes.actions.recording import as_chapters
from democratic.participation.meetings.minutes.material import closed_votes, owed_by
from democratic.participation.meetings.minutes.models import BlockKind, MinutesBlock, Recording
from democratic.participation.meetings.minutes.moments import url_at
from democratic.participation.meetings.minutes.owed import owed_questions
from democratic.participation.meetings.minutes.queries import (
    CatchUp,
    blocks_of,
    catch_up_of,
    latest_shown,
    recordings_of,
)
from democratic.participation.meetings.minutes.rules import is_over
from democratic.participation.meetings.minutes.votes import is_open_later, people_of, shares_of
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.queries import account_of
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.states import MeetingState
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.web.formats import day, hour, number
from democratic.web.minutes.access import page_of
from democratic.web.minutes.page import due_at, state_of, trail_of
from democratic.web.pages import Main
from democratic.web.places import at, record_path


def build_catch_up_page(meeting: Meeting, now: datetime) -> Main:
    """As many questions to the database, however much there is to tell."""
    told, shown = catch_up_of(meeting) or _reported(meeting), latest_shown(meeting)
    said = meeting.record.spoken
    blocks = blocks_of([shown])[shown.pk] if shown else []
    essential = [said(line) for line in (told.account if told else "").split("\n") if line]
    decisions = _decisions(blocks) if shown else (told.decisions if told else [])
    owed = _owed(meeting)
    votes = [_vote(vote, now) for vote in closed_votes(meeting)]
    read = [*essential, *decisions, *(str(each["text"]) for each in owed), *(_spoken(vote) for vote in votes)]
    title = _("Rattraper : %(title)s") % {"title": title_of(meeting.record)}
    context: dict[str, Any] = {
        "prefix": at(""),
        "trail": trail_of(meeting, _("Rattraper")),
        "meeting_title": title_of(meeting.record),
        "meeting_url": page_of(meeting),
        "meeting_on": day(meeting.starts_at, "weekday"),
        "essential": essential,
        "told_on": day(told.at) if told else "",
        "reading": reading_time(minutes_to_read(read)) if essential else "",
        "waiting": "" if essential else _waiting(meeting, now),
        "is_late": not essential and is_over(meeting, now) and now > due_at(meeting),
        "decisions": [said(each) for each in decisions],
        "owed": owed,
        "votes": votes,
        "recordings": [_recording(each) for each in recordings_of(meeting)],
        "state": state_of(shown, now) if shown else None,
        "minutes_url": page_of(meeting, "compte-rendu"),
    }
    return Main("web/minutes/catch_up.html", context, title, " ".join(essential)[:160], "agenda")


def _reported(meeting: Meeting) -> CatchUp | None:
    """Of a meeting that was told by hand, in a few lines, without having been run here."""
    account, at = account_of(meeting) if meeting.record.state == MeetingState.HELD else ("", None)
    return CatchUp(account, [], at) if account else None


def reading_time(minutes: int) -> str:
    return ngettext("Se lit en %(n)s minute", "Se lit en %(n)s minutes", minutes) % {"n": number(minutes)}


def _waiting(meeting: Meeting, now: datetime) -> str:
    if not is_over(meeting, now):
        return _("La rencontre n’est pas terminée. L’essentiel paraîtra ici dans les vingt-quatre heures.")
    due = due_at(meeting)
    when = {"day": day(due, "weekday"), "hour": hour(due)}
    if now > due:
        return _("L’essentiel était attendu le %(day)s à %(hour)s. Il est en retard.") % when
    return _("L’essentiel paraîtra ici le %(day)s à %(hour)s au plus tard.") % when


def _decisions(blocks: Sequence[MinutesBlock]) -> list[str]:
    return [block.text for block in blocks if block.kind == BlockKind.DECISION]


def _owed(meeting: Meeting) -> list[dict[str, Any]]:
    questions = owed_questions(meeting)
    due = owed_by([question.pk for question in questions])
    return [
        {
            "text": question.record.spoken(question.record.text or question.record.title),
            "url": record_path(Kind.WALL_QUESTION, question.record.code),
            "origin": question.record.origin,
            "service": due[question.pk].service.name if question.pk in due else "",
            "on": due[question.pk].due_on if question.pk in due else None,
        }
        for question in questions
    ]


def _vote(vote: Sounding, now: datetime) -> dict[str, Any]:
    shares = shares_of(vote)
    most = max((share.n for share in shares), default=0)
    is_open = is_open_later(vote, now)
    until = (
        {"day": day(vote.later_until, "weekday"), "hour": hour(vote.later_until)} if vote.later_until else {}
    )
    n = people_of(vote)
    return {
        "title": vote.record.spoken(vote.record.title),
        "url": record_path(Kind.SOUNDING, vote.record.code),
        "until": _("On vote encore, jusqu’au %(day)s à %(hour)s.") % until if is_open else "",
        "n": ngettext("%(n)s personne a voté", "%(n)s personnes ont voté", n) % {"n": number(n)},
        "weight": "" if vote.is_binding else _("vote consultatif"),
        "is_counted": bool(vote.counted),
        "shares": [
            {
                "label": vote.record.spoken(share.label),
                "n": number(share.n),
                "share": f"{100 * share.n / most if most else 0:.1f}",
            }
            for share in shares
        ],
    }


def _spoken(vote: dict[str, Any]) -> str:
    return " ".join([str(vote["title"]), *(f"{share['label']} {share['n']}" for share in vote["shares"])])


def _recording(recording: Recording) -> dict[str, Any]:
    return {
        "label": recording.label or recording.url,
        "url": recording.url,
        "chapters": [
            (clock(each.at), each.title, url_at(recording.url, each.at)) for each in as_chapters(recording)
        ],
    }
