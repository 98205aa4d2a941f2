"""Whose turn it is: the run that someone is in, and what is said back to one message."""

from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.states import RunState


def run_of(her: Correspondent) -> FlowRun | None:
    rows = FlowRun.objects.filter(correspondent=her, state=RunState.OPEN)
    whole = rows.select_related("code", "revision__flow__process__record__authority")
    return whole.defer("revision__content", "revision__flow__draft").first()


def errand_of(message: IncomingMessage) -> Errand:
    """An answer to a message is one of a kind: carried out twice, it is there once."""
    return Errand(f"turn:{message.pk.hex}")


def say(her: Correspondent, words: str, errand: Errand, clock: Clock) -> None:
    tell(her, [Say(words)], errand, now=clock.now())
