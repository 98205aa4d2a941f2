"""From where the arguments and the questions came: a small drawing, its table, and the arguments themselves."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.meetings.minutes.models import MinutesBlock
from democratic.participation.meetings.minutes.synthesis import Source, by_source
from democratic.participation.meetings.models import Meeting
from democratic.web.formats import number
from democratic.web.words import ORIGINS


def sources_of(meeting: Meeting, blocks: Sequence[MinutesBlock]) -> dict[str, Any] | None:
    """None when the account notes no argument and nobody asked anything: nothing is drawn of nothing."""
    found = by_source(meeting, blocks)
    if not found:
        return None
    most = max(source.questions + len(source.arguments) for source in found)
    questions = sum(source.questions for source in found)
    arguments = sum(len(source.arguments) for source in found)
    return {
        "n": _n(questions, arguments),
        "rows": [_row(source, most) for source in found],
        "alt": ", ".join(f"{_name(source)} : {number(_sum(source))}" for source in found),
        "groups": [
            {
                "origin": source.origin,
                "name": _name(source),
                "arguments": [(each.rank, meeting.record.spoken(each.text)) for each in source.arguments],
            }
            for source in found
            if source.arguments
        ],
    }


def _n(questions: int, arguments: int) -> str:
    told = (
        (
            arguments,
            ngettext(
                "%(n)s argument noté au compte rendu", "%(n)s arguments notés au compte rendu", arguments
            ),
        ),
        (questions, ngettext("%(n)s question posée", "%(n)s questions posées", questions)),
    )
    return ", ".join(words % {"n": number(n)} for n, words in told if n)


def _row(source: Source, most: int) -> dict[str, Any]:
    return {
        "origin": source.origin,
        "name": _name(source),
        "arguments": number(len(source.arguments)),
        "questions": number(source.questions),
        "sum": number(_sum(source)),
        "share": f"{100 * _sum(source) / most:.1f}",
    }


def _sum(source: Source) -> int:
    return source.questions + len(source.arguments)


def _name(source: Source) -> str:
    return str(ORIGINS[source.origin]).capitalize() if source.origin else _("Place non notée")
