"""To the next members: what the house knows to be open, and what those who leave want to say."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions import begin_mandate, hold
from democratic.communities.houses.models import House
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.participation.houses.models import HandOver

LONGEST = 4000


@transaction.atomic
def write_hand_over(*, house: House, text: str, where: str, clock: Clock) -> HandOver:
    """``where``: where things are kept, keys and papers included. Never a password."""
    held = hold(house, clock)
    said, kept = clean_text(text), clean_text(where)
    if max(len(said), len(kept)) > LONGEST:
        raise Refusal(_("Quatre mille signes au plus : on doit le lire en cinq minutes."), field="text")
    written, _made = HandOver.objects.update_or_create(
        house=held.house, mandate=held.house.mandate, defaults={"text": said, "where": kept}
    )
    return written


@transaction.atomic
def hand_over(*, house: House, clock: Clock) -> HandOver:
    """The mandate ends: roles are free, the next one begins, and its members read this page."""
    held = hold(house, clock)
    written = HandOver.objects.filter(house=held.house, mandate=held.house.mandate).first()
    if written is None or not written.text:
        raise Conflict(_("Il faut d’abord quelques mots pour la suite."))
    written.handed_on = held.today
    written.save(update_fields=["handed_on"])
    begin_mandate(held)
    return written
