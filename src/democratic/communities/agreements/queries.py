"""Who agreed, and to what a link of theirs leads."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from democratic.communities.agreements.models import JointAgreement
from democratic.kernel.clock import local_day
from democratic.kernel.data_classes import AGREEMENT
from democratic.people.ages import band_on
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Authority

WAITS = timedelta(days=AGREEMENT.term.length)
CHILD, PARENT = "democratic.agreement.child", "democratic.agreement.parent"


def token_of(agreement: JointAgreement, who: str) -> str:
    """Each of the two has a link of her own: neither opens the other's page."""
    return signing.dumps(str(agreement.pk), salt=who)


def agreement_at(authority: Authority, token: str, who: str, now: datetime) -> JointAgreement | None:
    """None for one that never was, was taken back, is over or was waited for too long: they look alike."""
    try:
        pk = UUID(signing.loads(token, salt=who))
    except (signing.BadSignature, ValueError):
        return None
    found = JointAgreement.objects.filter(pk=pk, authority=authority)
    agreement = found.select_related("authority", "record__wording", "child", "parent").first()
    return agreement if agreement and not is_over(agreement, now) else None


def is_over(agreement: JointAgreement, now: datetime) -> bool:
    """Not confirmed within its days, or she is 15: whether or not the night's job has passed."""
    if agreement.confirmed_at is None and now >= agreement.asked_at + WAITS:
        return True
    return is_fifteen(agreement, now)


def is_fifteen(agreement: JointAgreement, now: datetime) -> bool:
    """From midnight on, where they agreed."""
    today = local_day(now, agreement.authority.time_zone)
    return agreement.turns_15_on is not None and today >= agreement.turns_15_on


def age_now(person: Person, now: datetime) -> tuple[str, bool]:
    """Her band at this moment, and whether a joint agreement is in force. One query, for a child alone."""
    if person.age_band != AgeBand.UNDER_15:
        return person.age_band, False
    agreed = JointAgreement.objects.filter(child=person, confirmed_at__isnull=False)
    agreement = agreed.select_related("authority").first()
    if agreement is None:
        return person.age_band, False
    today = local_day(now, agreement.authority.time_zone)
    band = band_on(person.age_band, agreement.turns_15_on, today)
    return band, band == AgeBand.UNDER_15


def agreement_of(authority: Authority, child: Person, now: datetime) -> JointAgreement | None:
    found = JointAgreement.objects.filter(authority=authority, child=child)
    agreement = found.select_related("authority").first()
    return agreement if agreement and not is_over(agreement, now) else None


def address_of_parent(agreement: JointAgreement) -> str:
    return agreement.parent.addresses.values_list("email", flat=True).first() or ""
