"""Leaving an address without an account: the words agreed to, and the one message that asks to confirm."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.kernel.limits import Limit, spend
from democratic.notices.actions import ask_confirmation
from democratic.people.actions import leave_address
from democratic.people.models import ConsentSource, Person, Purpose
from democratic.thread.actions import follow
from democratic.thread.models import Authority, Record, Volume
from democratic.web.guests import network_of
from democratic.web.requests import Request

# Nobody's mailbox is filled from here: an address that is not confirmed is written to three times a day at most.
TO_ONE_ADDRESS = Limit("messages-to-address", 3, 86400)
FROM_ONE_NETWORK = Limit("addresses-of-network", 600, 3600)


def consent_words(authority: Authority) -> str:
    """Exactly what is shown beside the field, and kept with the consent."""
    return _(
        "En laissant votre adresse, vous acceptez que %(authority)s vous écrive à propos de cette parole :"
        " ce qui a été entendu, la réponse, la suite. Chaque message permet d’arrêter, d’un clic."
    ) % {"authority": authority.name}


def spend_an_address(request: Request, email: str) -> None:
    spend(FROM_ONE_NETWORK, network_of(request))
    spend(TO_ONE_ADDRESS, email.strip().lower())


def tell_by_mail(
    request: Request,
    person: Person,
    record: Record,
    email: str,
    volume: str = Volume.KEY,
    *,
    source: str = ConsentSource.SAID,
) -> None:
    """Keep the address, unconfirmed, with its consent; follow; ask the owner of the address to confirm."""
    address = leave_address(
        person=person,
        email=email,
        purpose=Purpose.NOTICES,
        wording=consent_words(record.authority),
        language=get_language() or "fr",
        clock=request.clock,
        source=source,
    )
    follow(record=record, person=person, volume=volume)
    ask_confirmation(address=address, authority=record.authority, code=record.code)
