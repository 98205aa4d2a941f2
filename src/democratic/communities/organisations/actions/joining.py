"""Who becomes a member: by a link that serves once."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import JoinLink, Membership, Organisation
from democratic.communities.organisations.queries import hash_of, membership_in
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import JOINING
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.refusals import Conflict
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Account, Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions.records import refuse_if_withdrawn
from democratic.thread.models import AudienceMember

LINK_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Joining:
    """``secret`` is shown this once, to be given by hand."""

    link: JoinLink
    secret: str


@transaction.atomic
def make_join_link(
    *, organisation: Organisation, place: Membership.Place, by: Person | None, clock: Clock
) -> Joining:
    refuse_if_withdrawn(organisation.record)
    secret, now = new_claim_secret(), clock.now()
    link = JoinLink.objects.create(
        organisation=organisation,
        place=place,
        secret_hash=hash_of(secret),
        made_by=by,
        made_at=now,
        expires_at=now + LINK_LIFE,
    )
    return Joining(link, secret)


@transaction.atomic
def join(*, link: JoinLink, account: Account, clock: Clock) -> Membership:
    """The link serves once. Who is a member already keeps her place, or takes the wider one that it gives."""
    locked = JoinLink.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=link.pk)
    now = clock.now()
    if locked.used_at is not None or locked.expires_at <= now:
        raise Conflict(_("Ce lien n’est plus valable. Demandez-en un autre."))
    refuse_unless(Door.JOIN, regime_of(account.person.age_band, says_15=True))
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    organisation, person = locked.organisation, account.person
    today = local_day(now, organisation.authority.time_zone)
    known = membership_in(organisation, person_and_claimed(person))
    if known is not None:
        if locked.place == Membership.Place.EDITOR and known.place != locked.place:
            known.place = locked.place
            known.save(update_fields=["place"])
        return known
    AudienceMember.objects.get_or_create(
        audience=organisation.audience, person=person, until=None, defaults={"since": now}
    )
    return Membership.objects.create(
        organisation=organisation, person=person, place=locked.place, since=today
    )


def forget_old_join_links() -> int:
    ended = Now() - timedelta(days=JOINING.term.length)
    deleted, _rows = JoinLink.objects.filter(expires_at__lt=ended).delete()
    return deleted
