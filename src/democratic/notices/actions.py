from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.messaging.actions import Notice, queue_messages
from democratic.messaging.links import confirm_url
from democratic.notices.texts import confirmation_text
from democratic.people.actions import prove_address
from democratic.people.models import ContactAddress
from democratic.thread.models import Authority


def ask_confirmation(*, address: ContactAddress, authority: Authority, code: str) -> None:
    """One message, before any other: an address is told nothing until its owner said yes."""
    if address.confirmed_at is None:
        text = confirmation_text(confirm_url(address, authority), code, address.language)
        queue_messages([Notice(authority, address, "confirm", text.subject, text.body)])


@transaction.atomic
def confirm_address(*, address: ContactAddress, clock: Clock) -> None:
    prove_address(address=address, clock=clock)
