"""The minutes as everyone reads them: the newest version, what was asked of it, and where what was said came from."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.meetings.floor.queries import times_of
from democratic.participation.meetings.minutes.models import Amendment, Minutes
from democratic.participation.meetings.minutes.queries import (
    amendment_counts,
    answered_amendments,
    blocks_of,
    recordings_of,
    shown_versions,
)
from democratic.participation.meetings.minutes.rules import is_contestable
from democratic.participation.meetings.minutes.transcript import has_transcript
from democratic.participation.meetings.models import Meeting
from democratic.participation.reports.home import title_of
from democratic.web.formats import day, hour, number
from democratic.web.meetings.times import times_told
from democratic.web.minutes.access import page_of
from democratic.web.minutes.blocks import sections_of
from democratic.web.minutes.sources import sources_of
from democratic.web.pages import Main
from democratic.web.places import at


def trail_of(meeting: Meeting, here: str, *passed: tuple[str, str]) -> list[tuple[str, str]]:
    first = [(_("Agenda"), at("/agenda")), (title_of(meeting.record), page_of(meeting))]
    return [*first, *passed, (here, "")]


def build_minutes_page(meeting: Meeting, now: datetime) -> Main:
    """As many questions to the database, however long it is."""
    versions = list(shown_versions(meeting))
    title = _("Compte rendu : %(title)s") % {"title": title_of(meeting.record)}
    context: dict[str, Any] = {
        "prefix": at(""),
        "meeting_title": title_of(meeting.record),
        "meeting_url": page_of(meeting),
        "meeting_on": day(meeting.starts_at, "weekday"),
        "trail": trail_of(meeting, _("Compte rendu")),
        "catch_up_url": page_of(meeting, "rattrapage"),
    }
    if not versions:
        waiting = {
            "what": _("Le compte rendu n’est pas encore proposé"),
            "why": _("L’essentiel paraît d’abord, sur la page « Rattraper en deux minutes »."),
            "who": _(
                "Ensuite, qui était là le relit et peut demander des corrections avant qu’il soit définitif."
            ),
            "action": (_("Rattraper la rencontre"), page_of(meeting, "rattrapage")),
        }
        return Main("web/minutes/waiting.html", {**context, "empty": waiting}, title, section="agenda")
    last = versions[0]
    blocks = blocks_of([last])[last.pk]
    context |= {
        "state": state_of(last, now),
        "catch_up": [meeting.record.spoken(line) for line in last.catch_up.split("\n") if line],
        "sections": sections_of(meeting, blocks),
        "contest_url": page_of(meeting, "compte-rendu/contester") if is_contestable(last, now) else "",
        "versions_url": page_of(meeting, "compte-rendu/versions") if len(versions) > 1 else "",
        "counts": _counts(amendment_counts(meeting)),
        "answered": [_answered(meeting, each) for each in answered_amendments(meeting)],
        "sources": sources_of(meeting, blocks),
        **times_told(times_of(meeting)),
        "recordings": [(each.label or each.url, each.url) for each in recordings_of(meeting)],
        "transcript_url": page_of(meeting, "transcription") if has_transcript(meeting) else "",
    }
    return Main("web/minutes/minutes.html", context, title, last.catch_up[:160], "agenda")


def state_of(minutes: Minutes, now: datetime) -> dict[str, Any]:
    """Where it stands, in one word and one sentence."""
    said = {"version": _("Version %(n)d") % {"n": minutes.version}, "tone": "soon"}
    if minutes.state == Minutes.State.APPROVED:
        told = _("Approuvé le %(day)s : il est définitif.") % {"day": day(minutes.approved_at)}
        return {**said, "word": _("Approuvé"), "tone": "done", "told": told}
    if is_contestable(minutes, now):
        told = _(
            "Proposé le %(day)s. Qui était là peut demander des corrections jusqu’au %(until)s, %(hour)s."
        ) % {
            "day": day(minutes.proposed_at),
            "until": day(minutes.contested_until),
            "hour": hour(minutes.contested_until or now),
        }
        return {**said, "word": _("Proposé à relecture"), "told": told}
    told = _("Proposé le %(day)s. La relecture est finie, l’approbation reste à donner.")
    return {**said, "word": _("Relu"), "told": told % {"day": day(minutes.proposed_at)}}


def _counts(counts: dict[str, int]) -> str:
    """« 3 corrections demandées, 2 retenues, 1 non retenue »."""
    if not counts["asked"]:
        return ""
    told = (
        (
            counts["asked"],
            ngettext("%(n)s correction demandée", "%(n)s corrections demandées", counts["asked"]),
        ),
        (counts["taken"], ngettext("%(n)s retenue", "%(n)s retenues", counts["taken"])),
        (counts["refused"], ngettext("%(n)s non retenue", "%(n)s non retenues", counts["refused"])),
    )
    return ", ".join(words % {"n": number(n)} for n, words in told if n)


def _answered(meeting: Meeting, amendment: Amendment) -> dict[str, Any]:
    about = (
        _("Passage %(n)d, version %(v)d") % {"n": amendment.block_rank, "v": amendment.minutes.version}
        if amendment.block_rank
        else _("L’ensemble, version %(v)d") % {"v": amendment.minutes.version}
    )
    return {
        "about": about,
        "outcome": amendment.get_state_display(),
        "reason": meeting.record.spoken(amendment.reason),
        "is_taken": amendment.state == Amendment.State.TAKEN,
    }


def due_at(meeting: Meeting) -> datetime:
    """When the essential is owed: a day after the end."""
    return (meeting.closed_at or meeting.ends_at) + timedelta(hours=24)
