"""The home page: what can I do, what was promised, what became of what was said; in the order that was chosen.

While an election reserve runs, what promotes leaves it: what is late does not.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.editorial.models import Block, HomeBlock
from democratic.communities.editorial.queries import home_of, list_shown
from democratic.communities.reserve.models import Kept
from democratic.communities.reserve.queries import Running, reserve_on
from democratic.kernel.clock import local_day
from democratic.kernel.spoken import alike, shorten
from democratic.participation.commitments.queries import withdrawal_of
from democratic.participation.meetings.queries import next_meetings
from democratic.participation.polls.queries import open_polls
from democratic.participation.processes.queries import open_stages
from democratic.participation.reports.commitment_lines import (
    LATE,
    CommitmentLine,
    commitment_lines,
    tally_of,
)
from democratic.participation.reports.home import Told, count_voices, latest_told, loudest_subjects
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.formats import day, number
from democratic.web.home.cards import cards_now
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, record_path
from democratic.web.processes.meeting_pages import date_row
from democratic.web.processes.outline import spots_of
from democratic.web.processes.phrases import late_days, near
from democratic.web.processes.tally import MOST_KNOTS, knot, late_title, tally_title
from democratic.web.sentences import tell, together
from democratic.web.words import ORIGINS
from democratic.web.written.drawn import excerpt_of, row_of
from democratic.web.written.places import NEWS, RESERVE, public_path

MEETINGS, NEWS_SHOWN, LONGEST_OPENING = 3, 3, 400
MOST_QUESTIONS = 2
# Bad news is as well set as good news: every late or broken promise is named, up to this many.
MOST_REASONS = 6


def build_home(viewer: Viewer, now: datetime) -> Main:
    today = local_day(now, viewer.authority.time_zone)
    return draw_home(viewer, today, now, reserve_on(viewer.authority, today))


def draw_home(viewer: Viewer, today: date, now: datetime, reserve: Running | None) -> Main:
    """``reserve``: the one that runs; or one that does not yet, to see beforehand what a visitor will."""
    counts = count_voices(viewer)
    every = commitment_lines(viewer, today)
    owed = [line for line in every if line.shown in (LATE, "unkept")]
    is_bare = reserve is not None and reserve.takes_off(Kept.COUNTER)
    commitments = owed if is_bare else every
    meetings = next_meetings(viewer, today, MEETINGS)
    blocks = _blocks(home_of(viewer.authority), reserve)
    has = {block.block for block in blocks}
    context = {
        "prefix": at(""),
        "is_preview": False,
        "spots": spots_of(viewer.authority, counts.by_place),
        "blocks": [f"web/home/blocks/{block.block}.html" for block in blocks],
        "reserve": _notice(reserve) if reserve else None,
        "cards": cards_now(
            viewer,
            today,
            stages=open_stages(viewer, today),
            commitments=commitments,
            meetings=meetings,
            polls=open_polls(viewer, now, limit=MOST_QUESTIONS),
            counts=counts,
        ),
        "is_bare": is_bare,
        "tally_title": late_title(tally_of(owed)) if is_bare else tally_title(tally_of(every)),
        "tally": [knot(line) for line in commitments[:MOST_KNOTS]],
        "tally_rest": max(0, len(commitments) - MOST_KNOTS),
        "reasons": [_reason(line, today) for line in owed][:MOST_REASONS],
        "said": [_said(told, reserve) for told in latest_told(viewer, counts)] if Block.SAID in has else [],
        "dates": [date_row(meeting, viewer, today) for meeting in meetings],
        "subjects": [
            (subject.title, subject.voices, record_path(Kind.THEME, subject.code))
            for subject in loudest_subjects(viewer, counts)
        ],
        "news": _news(viewer, now) if Block.NEWS in has else [],
        "news_url": at(NEWS),
        "opening": next((_page(block) for block in blocks if block.page), None),
        "empty": _nothing_open(),
    }
    return Main(
        "web/home/home.html",
        context,
        _("Ce que vous dites laisse une trace. Et une suite."),
        _("Chaque parole reçoit un code et une réponse datée. Chaque engagement se suit jusqu’aux preuves."),
    )


def _blocks(arranged: Sequence[HomeBlock], reserve: Running | None) -> list[HomeBlock]:
    off = {
        block
        for block, kept in ((Block.SAID, Kept.SAID), (Block.PAGE, Kept.PAGE))
        if reserve and reserve.takes_off(kept)
    }
    return [each for each in arranged if each.block not in off and not _is_withdrawn(each)]


def _is_withdrawn(block: HomeBlock) -> bool:
    return block.page is not None and withdrawal_of(block.page.record) is not None


def _notice(reserve: Running) -> dict[str, str]:
    return {"until": day(reserve.reserve.closes_on), "url": at(RESERVE)}


def _news(viewer: Viewer, now: datetime) -> list[dict[str, Any]]:
    found, _total = list_shown(viewer.authority, Kind.NEWS, now, offset=0, limit=NEWS_SHOWN)
    return [row_of(each) for each in found]


def _page(block: HomeBlock) -> dict[str, str]:
    page = block.page
    if page is None:
        return {}
    return {
        "title": page.record.title,
        "url": public_path(page),
        "text": excerpt_of(page.record, LONGEST_OPENING),
    }


def _nothing_open() -> dict[str, object]:
    return {
        "what": _("Rien n’est ouvert aujourd’hui"),
        "why": _("Une concertation s’ouvre après sa commande politique, à la date que celle-ci annonce."),
        "who": _("La collectivité publie la prochaine. Ce qui a déjà été dit se suit toujours."),
        "action": (_("Voir les concertations"), at("/participer")),
    }


def _reason(line: CommitmentLine, today: date) -> dict[str, str]:
    planned = _("Prévu le %(day)s.") % {"day": near(line.due.first_due_on, today)}
    why = tell(_("Motif : %(why)s"), why=line.why) if line.why else _("Aucun motif n’a encore été publié.")
    return {
        "state": line.shown,
        "label": late_days(line.due.days_late) if line.shown == LATE else "",
        "title": line.title,
        "url": record_path(Kind.COMMITMENT, line.code),
        "why": together(" ", planned, why),
    }


# Signs. Shorter than ENOUGH, an opening says yes or no but not what.
LONGEST_QUOTE, ENOUGH, LONGEST_REASON = 150, 30, 190


def _said(told: Told, reserve: Running | None) -> dict[str, object]:
    said, answer = told.said, told.answer
    wording = answer.record.wording
    title, reason = (wording.title, wording.text) if wording else ("", "")
    done = _opening(reason) or title
    is_named = reserve is None or not reserve.takes_off(Kept.NAMES)
    signer = answer.signed_name if is_named else answer.signed_function
    return {
        "words": said.text if 0 < len(said.text) <= LONGEST_QUOTE else said.title,
        "who": _who([said.byline, str(ORIGINS[said.origin])], told.others),
        "origin": said.origin,
        "verdict": answer.verdict,
        "label": _("Transmis : %(to)s") % {"to": answer.passed_to} if answer.passed_to else "",
        "url": fil_path(said.code),
        "done": done,
        "rest": _("Réponse du %(day)s, signée %(name)s.") % {"day": day(answer.signed_at), "name": signer},
    }


def _opening(reason: str) -> str:
    """The first sentences of a reason, until they say more than « Oui. »."""
    said = ""
    for sentence in re.split(r"(?<=[.!?])\s+", reason.partition("\n\n")[0].strip()):
        if len(said) >= ENOUGH:
            break
        said = f"{said} {sentence}".strip()
    return shorten(alike(said, reason), LONGEST_REASON)


def _who(parts: Sequence[str], others: int) -> str:
    said = ", ".join(part for part in parts if part)
    if others:
        more = ngettext("et une autre voix", "et %(n)s autres voix", others) % {"n": number(others)}
        return f"{said}, {more}"
    return said
