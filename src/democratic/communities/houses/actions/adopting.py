"""One question to all the members, counted once. What is adopted by it is the caller's."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions.locking import Held
from democratic.communities.houses.models import Adoption, AdoptionVoice, HouseMember, Way
from democratic.communities.houses.queries import members_at_home
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal

FEWEST_DAYS, MOST_DAYS = 1, 60


def open_adoption(held: Held, *, way: Way, closes_on: date) -> Adoption:
    """In the caller's transaction."""
    if not FEWEST_DAYS <= (closes_on - held.today).days <= MOST_DAYS:
        raise Refusal(_("Il faut laisser d’un à soixante jours pour répondre."), field="closes_on")
    return Adoption.objects.create(house=held.house, way=way, opened_on=held.today, closes_on=closes_on)


@transaction.atomic
def say_on(
    *, adoption: Adoption, member: HouseMember, position: AdoptionVoice.Position, clock: Clock
) -> AdoptionVoice:
    """One voice for each member, changed as often as she wants until it is counted."""
    locked = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("house__organisation__authority")
        .get(pk=adoption.pk)
    )
    today = local_day(clock.now(), locked.house.organisation.authority.time_zone)
    if locked.counted_on or today > locked.closes_on:
        raise Conflict(_("C’est clos : les voix sont comptées, ou vont l’être."))
    if not members_at_home(locked.house_id).filter(pk=member.pk).exists():
        raise Conflict(_("Seuls les membres se prononcent."))
    voice, _made = AdoptionVoice.objects.update_or_create(
        adoption=locked, member=member, defaults={"position": position}
    )
    return voice


def count_adoption(held: Held, adoption: Adoption) -> Adoption:
    """Once it is closed, or all have spoken: counted, and who said what is forgotten. In the caller's transaction."""
    locked = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if locked.counted_on:
        raise Conflict(_("C’est déjà compté."))
    voices = locked.voices.filter(member__membership__until=None)
    said = list(voices.values_list("position", flat=True))
    members = members_at_home(held.house).count()
    if held.today <= locked.closes_on and len(said) < members:
        raise Conflict(_("Tout le monde n’a pas répondu, et le dernier jour n’est pas passé."))
    locked.yes, locked.no = said.count("yes"), said.count("no")
    locked.neither, locked.members = said.count("neither"), members
    locked.counted_on = held.today
    locked.is_adopted = _passes(locked, len(said))
    locked.save()
    locked.voices.all().delete()
    return locked


def _passes(adoption: Adoption, said: int) -> bool:
    """Half of the members must have spoken, whatever they said."""
    yes, no = adoption.yes or 0, adoption.no or 0
    if said * 2 < (adoption.members or 0) or not yes:
        return False
    return no == 0 if adoption.way == Way.CONSENT else yes > no
