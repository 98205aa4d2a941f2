"""At the end of a conversation, on the page where it was held: « me prévenir sur cet appareil »."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.models import Correspondent
from democratic.messaging.ringing import can_ring, ring_also, rings_for
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.speaking import standing_of
from democratic.participation.conversations.states import RunState
from democratic.people.consents import agree_in_conversation
from democratic.thread.actions.marks import follow

LONGEST, MOST = 1000, 5  # signs of an address; browsers that one conversation rings


def may_ring(run: FlowRun, her: Correspondent) -> bool:
    """Once it is over; never for who is under 15, or said no age: nothing that leads to them is kept."""
    return (
        run.state == RunState.DONE
        and not standing_of(run).is_child
        and her.stopped_at is None
        and can_ring(her.authority)
    )


@transaction.atomic
def ring_here(*, run: FlowRun, her: Correspondent, subscription: str, wording: str, clock: Clock) -> None:
    """``subscription``: what the browser's ``PushSubscription`` says of itself, in JSON. ``wording``: what she agreed to."""
    if not may_ring(run, her):
        raise Conflict(_("Cette conversation ne prévient pas les appareils."))
    if rings_for(her) >= MOST:
        raise Conflict(_("Cinq appareils vous préviennent déjà."))
    address = _read(subscription)
    also = ring_also(her, address=address, now=clock.now())
    agree_in_conversation(
        person=her.person,
        address_print=also.address_print,
        wording=wording,
        language=her.language,
        clock=clock,
    )
    follow(record=run.revision.flow.process.record, person=her.person)


def _read(subscription: str) -> str:
    """Written the same way each time: it is known again by its print. Whether it can be sealed for, its connector sees."""
    try:
        said = json.loads(subscription)
        kept = {
            "endpoint": str(said["endpoint"]),
            "keys": {name: str(said["keys"][name]) for name in ("auth", "p256dh")},
        }
    except (ValueError, KeyError, TypeError) as fault:
        raise Refusal(_("Ce navigateur n’a pas dit où le prévenir. Réessayez.")) from fault
    address = json.dumps(kept, separators=(",", ":"))
    if len(address) > LONGEST:
        raise Refusal(_("Ce navigateur n’a pas dit où le prévenir. Réessayez."))
    return address
