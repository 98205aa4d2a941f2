"""What can be done now: an open stage's act, a commitment to check, the next meeting. Three at most."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain, zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.clock import local_day
from democratic.kernel.spoken import shorten
from democratic.participation.meetings.models import Meeting
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Stage
from democratic.participation.processes.tool import Act
from democratic.participation.reports.commitment_lines import CommitmentLine
from democratic.participation.reports.home import VoiceCounts, question_of, title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.formats import number, typo
from democratic.web.places import process_path, record_path
from democratic.web.processes.meeting_pages import when_of
from democratic.web.processes.phrases import days_left, near
from democratic.web.processes.questions import question_card
from democratic.web.sentences import tell

MOST = 3
# A commitment said kept is worth a look for as long as people remember it being said.
CHECKED_DAYS = 90

Card = dict[str, str]


def cards_now(
    viewer: Viewer,
    today: date,
    *,
    stages: Sequence[Stage],
    commitments: Sequence[CommitmentLine],
    meetings: Sequence[Meeting],
    polls: Sequence[Poll],
    counts: VoiceCounts,
) -> list[Card]:
    """What takes ten seconds first; then one of each kind in turn: the first to close, the last kept, the next to meet."""
    zone = viewer.authority.time_zone
    acts = [card for stage in stages if (card := _act(stage, zone, today, counts))]
    checks = [_check(line, today) for line in _to_check(commitments, today)]
    dates = [_meeting(meeting, viewer, today) for meeting in meetings]
    asked = [question_card(poll, zone, today) for poll in polls]
    turns = chain.from_iterable(zip_longest(asked, acts, checks, dates))
    return [{name: typo(text) for name, text in card.items()} for card in turns if card][:MOST]


def _act(stage: Stage, zone: str, today: date, counts: VoiceCounts) -> Card | None:
    closes_on = local_day(stage.closes_at - timedelta(microseconds=1), zone)
    process = stage.process
    place, voices = title_of(process.record), counts.by_process[process.pk]
    question, _details = question_of(process.record)
    left = days_left(closes_on, today)
    pill = left[:1].upper() + left[1:]
    if Act.SUBMIT_IDEA in stage.allows:
        title = _titled(question, place)
        return {
            "time": _("1 min"),
            "pill": pill,
            "title": title,
            "url": process_path(process.slug, "dire"),
            "text": shorten(process.record.spoken(process.asks), 150),
            "place": place if question == title else "",
            "verb": _("Dire"),
        }
    if Act.SUPPORT not in stage.allows or not voices:
        return None
    said = ngettext("%(n)s voix à lire.", "%(n)s voix à lire.", voices) % {"n": number(voices)}
    return {
        "time": _("2 min"),
        "pill": pill,
        "title": _("Soutenir ce qui compte pour vous"),
        "url": process_path(process.slug, "idees"),
        "text": _("%(said)s Soutenez, commentez : chaque sujet recevra une réponse.") % {"said": said},
        "place": place,
        "verb": _("Lire"),
    }


LONGEST_TITLE = 110


def _titled(question: str, title: str) -> str:
    """The question that is asked, when it fits a card."""
    return (
        question if 0 < len(question) <= LONGEST_TITLE else tell(_("Dire une idée : %(title)s"), title=title)
    )


def _to_check(commitments: Sequence[CommitmentLine], today: date) -> list[CommitmentLine]:
    since = today - timedelta(days=CHECKED_DAYS)
    met = [
        line
        for line in commitments
        if line.shown in ("kept", "part") and line.due.met_on and line.due.met_on >= since
    ]
    return sorted(met, key=lambda line: line.due.met_on or since, reverse=True)


def _check(line: CommitmentLine, today: date) -> Card:
    met_on = line.due.met_on or today
    said = _("Annoncé tenu en partie") if line.shown == "part" else _("Annoncé tenu")
    return {
        "time": _("1 min"),
        "pill": said,
        "tone": "done",
        "title": tell(_("Vérifier un engagement : %(title)s"), title=line.title),
        "url": record_path(Kind.COMMITMENT, line.code),
        "text": _("Depuis le %(day)s, dit le service. Les preuves sont publiées : jugez-en.")
        % {"day": near(met_on, today)},
        "place": line.due.service,
        "verb": _("Vérifier"),
    }


def _meeting(meeting: Meeting, viewer: Viewer, today: date) -> Card:
    minutes = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    return {
        "time": _lasting(minutes),
        "pill": when_of(meeting, viewer, today),
        "title": title_of(meeting.record),
        "url": record_path(Kind.MEETING, meeting.record.code),
        "text": shorten(meeting.record.text, 150),
        "place": meeting.place,
        "verb": _("Venir"),
    }


def _lasting(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": rest}
    return _("%(h)d h %(m)02d") % {"h": hours, "m": rest} if rest else _("%(h)d h") % {"h": hours}
