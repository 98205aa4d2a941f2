"""STOP, REPRENDRE, AIDE, QUI, MES DONNÉES: whatever one is in the middle of."""

from django.db import transaction

from civics.reach.engine import CHILD
from civics.reach.keywords import Keyword
from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.correspondents import everywhere_at, resume, stop
from democratic.messaging.models import Correspondent, IncomingMessage
from democratic.messaging.stopping import stop_elsewhere
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations import wording
from democratic.participation.conversations.files import forget_files
from democratic.participation.conversations.models import FlowInvitation, FlowRun
from democratic.participation.conversations.running import ask_again, see_off
from democratic.participation.conversations.speaking import with_words
from democratic.participation.conversations.states import RunState
from democratic.participation.conversations.turns import errand_of, run_of, say
from democratic.people.models import AgeBand
from democratic.people.queries import person_and_claimed
from democratic.thread.addresses import public_url
from democratic.thread.models import Kind, Record, Visibility


def obey(word: Keyword, her: Correspondent, message: IncomingMessage, clock: Clock) -> None:
    run = run_of(her)
    tu = run is not None and run.revision.flow.process.uses_tu
    if word == Keyword.STOP:
        if her.stopped_at is None:
            take_stop(her, clock)
            say(her, wording.stop_noted(by_mail=her.mailbox_print != ""), _noted(message), clock)
        return
    if word == Keyword.RESUME:
        resume(her, address=message.address)
        say(her, wording.resumed(tu=tu), errand_of(message), clock)
        return
    if her.stopped_at is not None:
        return
    words = {
        Keyword.HELP: lambda: wording.help_words(tu=tu),
        Keyword.WHO: lambda: _who(her),
        Keyword.MY_DATA: lambda: _data(her),
    }[word]()
    says = with_words(ask_again(run), words) if run else (Say(words),)
    tell(her, says, errand_of(message), now=clock.now())


def _noted(message: IncomingMessage) -> Errand:
    """Once for each STOP: it is by an answer to this that she takes one back which she did not say."""
    return Errand(f"{STOP_NOTED}:{message.pk.hex[-24:]}")


@transaction.atomic
def take_stop(her: Correspondent, clock: Clock) -> None:
    """From her message, or from the link of a mail: nothing goes on, in any of her exchanges. Twice is once.

    Of a child, as at the end of a conversation, nothing stays but what was counted, and the print of who said STOP.
    """
    now = clock.now()
    stop(her, now=now)
    if her.address:
        stop_elsewhere(kind=her.kind, address=her.address, now=now)
    hers = everywhere_at(her)
    going_on = FlowRun.objects.filter(correspondent__in=hers, state=RunState.OPEN)
    for run in list(going_on.select_related("correspondent__person")):
        if run.correspondent is not None and run.correspondent.person.age_band in CHILD:
            see_off(run, run.correspondent)
    going_on.update(state=RunState.STOPPED, due_at=None)
    hers.filter(person__age_band=AgeBand.UNDER_15).update(is_leaving=True)
    forget_files(person_ids=list(hers.values_list("person", flat=True)), now=now)


def _who(her: Correspondent) -> str:
    """With where her address came from, when it was we who wrote first."""
    who = wording.who_words(her.authority, public_url(her.authority, "/", her.language))
    invited = FlowInvitation.objects.filter(correspondent=her).first()
    return f"{who} {invited.why}" if invited else who


def _data(her: Correspondent) -> str:
    hers = Record.objects.filter(
        author__in=person_and_claimed(her.person), kind=Kind.IDEA, visibility=Visibility.PUBLIC
    )
    codes = list(hers.order_by("-recorded_at").values_list("code", flat=True)[:5])
    return wording.data_words(codes, public_url(her.authority, "/donnees-personnelles", her.language))
