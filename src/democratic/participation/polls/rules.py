"""When one may answer, and when a question may still change."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.polls.models import Poll, PollAnswer, PollTally
from democratic.participation.polls.states import PollState, state_of
from democratic.thread.models import Visibility


class PollClosed(Conflict):
    """Nobody answers now."""


class PollAnswered(Conflict):
    """Someone answered: what was asked stays as it was asked."""


def refuse_unless_open(poll: Poll, now: datetime) -> None:
    """``poll`` as it stands under the lock, with its stage and its record's withdrawal."""
    if poll.record.visibility != Visibility.PUBLIC or hasattr(poll.record, "withdrawal"):
        raise PollClosed(_("Cette question n’est plus posée. Votre réponse n’a pas été gardée."))
    state = state_of(poll, now)
    if state == PollState.AHEAD:
        raise PollClosed(
            _("Cette question n’est pas encore ouverte. Revenez le jour dit : un geste suffira.")
        )
    if state != PollState.OPEN:
        raise PollClosed(_("La question est close. Votre réponse n’a pas été gardée ; le résultat est ici."))


def is_answered(poll: Poll) -> bool:
    """By someone, or by hand."""
    return PollAnswer.objects.filter(poll=poll).exists() or PollTally.objects.filter(poll=poll).exists()


def refuse_if_answered(poll: Poll) -> None:
    if is_answered(poll):
        raise PollAnswered(
            _(
                "Des personnes ont déjà répondu : la question et les réponses proposées ne changent plus. Fermez"
                " cette question, puis posez-en une autre."
            )
        )
