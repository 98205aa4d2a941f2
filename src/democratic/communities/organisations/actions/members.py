from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.actions.speaking import end_mandate_to_speak
from democratic.communities.organisations.models import Membership, Organisation
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import BELONGING
from democratic.kernel.refusals import Conflict
from democratic.thread.actions import bump_pages_of
from democratic.thread.models import AudienceMember, Kind, Record


@transaction.atomic
def hand_over_page(*, keeper: Membership, to: Membership) -> Membership:
    """Another member keeps the page from now on, instead of her who did."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=keeper.organisation_id)
    held = Membership.objects.filter(organisation=keeper.organisation_id, until=None)
    if not held.filter(pk=keeper.pk, place=Membership.Place.EDITOR).exists():
        raise Conflict(_("Vous ne tenez plus cette page."))
    if to.pk == keeper.pk or not held.filter(pk=to.pk).exists():
        raise Conflict(_("Choisissez un autre membre : cette personne n’en est plus, ou c’est vous."))
    held.filter(pk=to.pk).update(place=Membership.Place.EDITOR)
    held.filter(pk=keeper.pk).update(place=Membership.Place.MEMBER)
    to.place = Membership.Place.EDITOR
    return to


@transaction.atomic
def end_membership(*, membership: Membership, clock: Clock) -> None:
    """Who leaves speaks for it no more; the last who keeps the page hands it over first."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    locked = Membership.objects.select_for_update().filter(pk=membership.pk, until=None).first()
    if locked is None:
        raise Conflict(_("Cette personne n’en est déjà plus membre."))
    editors = organisation.memberships.filter(place=Membership.Place.EDITOR, until=None)
    others = organisation.memberships.filter(until=None).exclude(pk=locked.pk)
    is_last_editor = locked.place == Membership.Place.EDITOR and not editors.exclude(pk=locked.pk).exists()
    if is_last_editor and others.exists():
        raise Conflict(_("Quelqu’un doit tenir la page : confiez-la d’abord à un autre membre."))
    now = clock.now()
    locked.until = local_day(now, organisation.authority.time_zone)
    locked.save(update_fields=["until"])
    AudienceMember.objects.filter(audience=organisation.audience, person=locked.person, until=None).update(
        until=now
    )
    # What she follows live of the body's own is shut to her now, not at the next quarter of an hour.
    running = Record.objects.filter(audience=organisation.audience, kind=Kind.MEETING, state="live")
    for record in running.select_related("authority"):
        bump_pages_of(record)
    for mandate in organisation.mandates_to_speak.filter(person=locked.person, until=None):
        end_mandate_to_speak(mandate=mandate, clock=clock)


def forget_old_memberships() -> int:
    ended = Now() - timedelta(days=BELONGING.term.length)
    deleted, _rows = Membership.objects.filter(until__lt=ended).delete()
    return deleted
