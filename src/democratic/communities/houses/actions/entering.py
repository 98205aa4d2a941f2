"""How one comes in: by a short code that serves a whole group, then under a name of one's own choosing."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions.locking import hold
from democratic.communities.houses.models import House, HouseCode, HouseMember
from democratic.communities.houses.queries import hash_of_code
from democratic.communities.organisations.models import JoinLink, Membership
from democratic.communities.organisations.queries import membership_in
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import CODE_ALPHABET
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Account, Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import AudienceMember

# 24 signs, 8 times: 36 bits, tried a bounded number of times, for some days.
_SIGNS, MOST_USES, MOST_DAYS = 8, 60, 30


@dataclass(frozen=True, slots=True)
class GroupCode:
    """``secret`` is shown this once: ``FRM4-7XQK``."""

    code: HouseCode
    secret: str


@transaction.atomic
def make_code(
    *, house: House, uses: int, days: int, label: str, by: Person | None, clock: Clock
) -> GroupCode:
    if not 1 <= uses <= MOST_USES:
        raise Refusal(_("Un code sert de 1 à 60 fois."), field="uses")
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_("Un code dure de 1 à 30 jours."), field="days")
    held = hold(house, clock)
    signs = "".join(secrets.choice(CODE_ALPHABET) for _each in range(_SIGNS))
    link = JoinLink.objects.create(
        organisation=held.house.organisation,
        secret_hash=hash_of_code(signs),
        made_by=by,
        made_at=held.now,
        expires_at=held.now + timedelta(days=days),
    )
    code = HouseCode.objects.create(link=link, uses=uses, label=clean_line(label)[:80])
    return GroupCode(code, f"{signs[:4]}-{signs[4:]}")


@transaction.atomic
def end_code(*, code: HouseCode, clock: Clock) -> None:
    JoinLink.objects.filter(pk=code.pk, used_at=None).update(used_at=clock.now())


@transaction.atomic
def join_by_code(*, code: HouseCode, account: Account, name: str, clock: Clock) -> HouseMember:
    """The same age as for any organisation: under 15, no list of who belongs to it is kept."""
    rows = HouseCode.objects.select_for_update(of=("self", "link")).select_related(
        "link__organisation__house"
    )
    locked = rows.get(pk=code.pk)
    link, now = locked.link, clock.now()
    if link.used_at is not None or link.expires_at <= now or locked.used >= locked.uses:
        raise Conflict(_("Ce code n’est plus valable : il en faut un autre."), field="code")
    person = account.person
    refuse_unless(Door.JOIN, regime_of(person.age_band, says_15=True))
    organisation = link.organisation
    known = membership_in(organisation, person_and_claimed(person))
    if known is None:
        today = local_day(now, organisation.authority.time_zone)
        AudienceMember.objects.get_or_create(
            audience=organisation.audience, person=person, until=None, defaults={"since": now}
        )
        known = Membership.objects.create(organisation=organisation, person=person, since=today)
        HouseCode.objects.filter(pk=locked.pk).update(used=locked.used + 1)
        if locked.used + 1 == locked.uses:
            JoinLink.objects.filter(pk=link.pk).update(used_at=now)
    return enter_house(house=organisation.house, membership=known, name=name, clock=clock)


@transaction.atomic
def enter_house(*, house: House, membership: Membership, name: str, clock: Clock) -> HouseMember:
    """A number for ever, and the name that the others read: hers to choose, and to change."""
    held = hold(house, clock)
    if not Membership.objects.filter(pk=membership.pk, organisation=held.house.pk, until=None).exists():
        raise Conflict(_("Cette personne n’en est plus membre."))
    if held.house.facilitators.filter(person__in=person_and_claimed(membership.person), until=None).exists():
        raise Conflict(_("Qui aide ici, sans voter, n’y entre pas comme membre."))
    called = clean_line(name)[:40]
    taken = HouseMember.objects.filter(house=held.house, name__iexact=called).exclude(membership=membership)
    if called and taken.exists():
        raise Refusal(_("Ce nom est déjà pris ici : une lettre de plus, ou un autre nom."), field="name")
    known = HouseMember.objects.filter(membership=membership).first()
    if known is not None:
        HouseMember.objects.filter(pk=known.pk).update(name=called)
        known.name = called
        return known
    last = HouseMember.objects.filter(house=held.house).aggregate(last=Max("number"))["last"] or 0
    return HouseMember.objects.create(
        house=held.house, membership=membership, number=last + 1, name=called, entered_on=held.today
    )
