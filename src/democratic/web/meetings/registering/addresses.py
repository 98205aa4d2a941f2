"""Leaving an address for the reminder: the words agreed to, and the one message that asks to confirm."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.notices.actions import ask_confirmation
from democratic.people.consents import leave_address
from democratic.people.models import Person, Purpose
from democratic.thread.actions import follow
from democratic.thread.models import Authority, Record, Volume
from democratic.web.requests import Request


def consent_words(authority: Authority) -> str:
    """Exactly what is shown beside the field, and kept with the consent."""
    return _(
        "En laissant votre adresse, vous acceptez que %(authority)s vous écrive à propos de cette rencontre : le"
        " rappel de la veille, un changement, la suite. Chaque message permet d’arrêter, d’un clic."
    ) % {"authority": authority.name}


def tell_by_mail(request: Request, person: Person, record: Record, email: str) -> None:
    """Nothing else is sent before the owner of the address has said yes."""
    address = leave_address(
        person=person,
        email=email,
        purpose=Purpose.NOTICES,
        wording=consent_words(record.authority),
        language=get_language() or "fr",
        clock=request.clock,
    )
    follow(record=record, person=person, volume=Volume.KEY)
    ask_confirmation(address=address, authority=record.authority, code=record.code)
