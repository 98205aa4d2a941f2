"""What a member can do alone: she says so, two who can do it confirm it, and the right is hers in the house."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions.locking import hold
from democratic.communities.houses.models import SKILLS, HouseMember, Right, Skill, SkillWord
from democratic.communities.houses.queries import Presence, members_at_home
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal

PEERS = 2


@transaction.atomic
def ask_for_skill(*, member: HouseMember, right: Right, clock: Clock) -> Skill:
    held = hold(member.house, clock)
    if right not in SKILLS:
        raise Refusal(_("Ce savoir-faire ne se confirme pas ici."), field="right")
    if not members_at_home(held.house).filter(pk=member.pk).exists():
        raise Conflict(_("Cette personne n’en est plus membre."))
    skill, _made = Skill.objects.get_or_create(member=member, right=right, defaults={"asked_on": held.today})
    return skill


@transaction.atomic
def confirm_skill(*, skill: Skill, by: Presence, clock: Clock) -> Skill:
    """By a facilitator who still has the right, or by the second of two members who have it."""
    held = hold(by.house, clock)
    locked = Skill.objects.select_for_update(of=("self",)).select_related("member").get(pk=skill.pk)
    if locked.confirmed_on:
        return locked
    if locked.member.house_id != by.house.pk or (by.member and by.member.pk == locked.member_id):
        raise NotAllowed(_("On ne confirme pas son propre savoir-faire."))
    right = Right(locked.right)
    if by.facilitator is None and not _has_skill(by, right):
        raise NotAllowed(_("Ce savoir-faire est confirmé par qui l’a déjà."))
    if by.facilitator is not None and not by.may(right):
        raise NotAllowed(_("Ce droit d’animation a pris fin : aux membres de confirmer."))
    SkillWord.objects.get_or_create(
        skill=locked, member=by.member, facilitator=by.facilitator, defaults={"said_on": held.today}
    )
    peers = locked.words.filter(member__membership__until=None, facilitator=None).count()
    if by.facilitator is not None or peers >= PEERS:
        locked.confirmed_on = held.today
        locked.save(update_fields=["confirmed_on"])
    return locked


@transaction.atomic
def give_skill_back(*, skill: Skill) -> None:
    """Hers to ask, hers to take away: nothing of it stays."""
    Skill.objects.filter(pk=skill.pk).delete()


def _has_skill(by: Presence, right: Right) -> bool:
    confirmed = Skill.objects.filter(member=by.member, right=right, confirmed_on__isnull=False)
    return by.member is not None and confirmed.exists()
