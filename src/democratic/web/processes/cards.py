"""A process as a card of a list."""

from datetime import date

from django.utils.translation import gettext as _

from democratic.participation.processes.queries import ProcessLine
from democratic.participation.processes.timeline import current
from democratic.participation.processes.tool import Act
from democratic.participation.reports.home import question_of, title_of
from democratic.web.places import process_path
from democratic.web.processes.phrases import phase_pill, promise_state

MOST_ORIGINS = 4


def process_card(line: ProcessLine, today: date) -> dict[str, object]:
    state, sentence = promise_state(line.answer, today)
    return {
        "title": title_of(line.process.record),
        "question": question_of(line.process.record)[0],
        "url": process_path(line.process.slug),
        "pill": phase_pill(line.steps, today),
        "total": sum(n for _origin, n in line.voices),
        "origins": line.voices[:MOST_ORIGINS],
        "elsewhere": sum(n for _origin, n in line.voices[MOST_ORIGINS:]),
        "state": state,
        "promise": sentence,
        "verb": verb_of(line, today),
    }


def verb_of(line: ProcessLine, today: date) -> str:
    """The one thing to do there today."""
    allowed = {act for step in line.steps if step.is_open(today) for act in step.allows}
    if Act.SUBMIT_IDEA in allowed:
        return _("Dire une idée")
    if Act.SUPPORT in allowed:
        return _("Lire et soutenir")
    here = current(line.steps)
    return _("Suivre") if here else _("Lire")
