"""What the members say of an answer: whether it answers, apart from whether they agree with it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.disclosure.counts import LEAST
from democratic.communities.houses.models import HouseMember
from democratic.communities.houses.queries import members_at_home
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.participation.houses.events import REFERRAL_RATED
from democratic.participation.houses.models import Referral, ReferralRating
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of


@transaction.atomic
def rate_answer(
    *,
    referral: Referral,
    member: HouseMember,
    answered: ReferralRating.Answered,
    agrees: ReferralRating.Agrees,
) -> ReferralRating:
    locked = _locked(referral)
    if not locked.answered_on or locked.rated_on:
        raise Conflict(
            _("Cette réponse ne se juge pas, ou pas encore : elle n’est pas là, ou c’est déjà compté.")
        )
    if not members_at_home(locked.opinion.house_id).filter(pk=member.pk).exists():
        raise NotAllowed(_("Seuls les membres se prononcent."))
    said = {"answered": answered, "agrees": agrees}
    rating, _made = ReferralRating.objects.update_or_create(referral=locked, member=member, defaults=said)
    return rating


@transaction.atomic
def tell_rating(*, referral: Referral, clock: Clock) -> Referral:
    """Once, in public, from five voices on; who said what is then forgotten."""
    locked = _locked(referral)
    if locked.rated_on:
        raise Conflict(_("C’est déjà publié."))
    said = list(locked.ratings.values_list("answered", "agrees"))
    if len(said) < LEAST:
        raise Conflict(_("Il faut au moins cinq voix : en dessous, on devinerait qui a dit quoi."))
    now = clock.now()
    answered, agrees = [each[0] for each in said], [each[1] for each in said]
    locked.rating = {
        "n": len(said),
        "answered": {each: answered.count(each) for each in ReferralRating.Answered.values},
        "agrees": {each: agrees.count(each) for each in ReferralRating.Agrees.values},
    }
    locked.rated_on = local_day(now, locked.record.authority.time_zone)
    locked.save(update_fields=["rating", "rated_on"])
    locked.ratings.all().delete()
    append_entry(REFERRAL_RATED, record=locked.record, now=now, data=locked.rating)
    bump_pages_of(locked.record)
    return locked


def _locked(referral: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",)).select_related("record__authority", "opinion")
    return rows.get(pk=referral.pk)
