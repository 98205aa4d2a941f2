"""The words of origins and states, and the shape that goes with each.

Labels come from the models; what no model knows is added here, once.
"""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.mandates.models import Level
from democratic.participation.processes.models import Step
from democratic.thread.models import Comment, Origin

Word = str | Promise

# A shape, never a colour: nobody's word counts less for where it was said.
ORIGIN_ICONS = {
    "web": "mouse-pointer-2",
    "street": "walk",
    "paper": "file-text",
    "phone": "phone",
    "room": "armchair",
    "remote": "monitor",
    "later": "history",
    "chat": "message-circle",
    "sms": "smartphone",
    "email": "mail",
    "api": "braces",
    "import": "import",
}


def _labels(choices: type[TextChoices]) -> dict[str, Word]:
    return {choice.value: choice.label for choice in choices}


ORIGINS = _labels(Origin)
LEVELS = _labels(Level)
STEPS = _labels(Step)

# Read from dates and from the public line of a withdrawal, so no model has them as a state.
_BESIDE: dict[str, Word] = {"late": _("En retard"), "withdrawn": _("Retiré")}
STATES: dict[str, dict[str, Word]] = {
    "commitment": _labels(CommitmentState) | _BESIDE,
    "action": _labels(ActionState) | _BESIDE,
    "answer": _labels(Verdict) | _BESIDE | {"due": _("Réponse attendue")},
}

# How a comment stands: code, icon, word.
STANCES: dict[int, tuple[str, str, Word]] = {
    Comment.Alignment.FOR: ("for", "plus", Comment.Alignment.FOR.label),
    Comment.Alignment.AGAINST: ("against", "minus", Comment.Alignment.AGAINST.label),
}


def state_word(code: str, of: str) -> str:
    """The word of a state of an ``answer`` (the default), a ``commitment`` or an ``action``."""
    return str(STATES[of or "answer"][code])


def days_late(days: int) -> str:
    return ngettext("%(days)d jour de retard", "%(days)d jours de retard", days) % {"days": days}
