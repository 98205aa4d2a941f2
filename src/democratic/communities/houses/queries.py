"""Reads of a house: who stands at its door and with which rights, its charter, roles, draws and skills."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from democratic.communities.houses.models import (
    Charter,
    Facilitator,
    House,
    HouseCode,
    HouseMember,
    Right,
    Role,
    RoleDraw,
    RoleTerm,
    Skill,
)
from democratic.communities.houses.rights import RightEnd, ends_of, left_on
from democratic.communities.organisations.models import Membership
from democratic.kernel.limits import keyed_hash
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer, visible_records

RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    Role.FACILITATES: frozenset({Right.AGENDA, Right.POLL, Right.INVITE}),
    Role.WRITES: frozenset({Right.MINUTES}),
    Role.MODERATES: frozenset({Right.MODERATE}),
    Role.REPORTS: frozenset({Right.PUBLISH}),
}


@dataclass(frozen=True, slots=True)
class Presence:
    """Someone in the house today. A facilitator is no member; a membership without ``member`` has not come in yet."""

    house: House
    membership: Membership | None
    member: HouseMember | None
    facilitator: Facilitator | None
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        return right in self.rights


def houses_for(viewer: Viewer) -> QuerySet[House]:
    found = House.objects.filter(organisation__record__in=visible_records(viewer))
    return found.select_related(
        "organisation__record__wording", "organisation__authority", "respondent", "service"
    )


def get_house_for(viewer: Viewer, code: str) -> House | None:
    return houses_for(viewer).filter(organisation__record__code=code).first()


def presence_in(house: House, person_ids: Collection[UUID], today: date) -> Presence | None:
    """None for a stranger, and for a facilitator whose rights have all ended."""
    membership = (
        Membership.objects.filter(organisation=house.pk, person__in=person_ids, until=None)
        .select_related("at_home", "person")
        .first()
    )
    if membership is not None:
        member = getattr(membership, "at_home", None)
        rights = rights_of_member(member, today) if member else frozenset()
        return Presence(house, membership, member, None, rights)
    facilitator = house.facilitators.filter(person__in=person_ids, until=None).first()
    left = left_on(facilitators_rights(house), today) if facilitator else frozenset()
    return Presence(house, None, None, facilitator, left) if left else None


def rights_of_member(member: HouseMember, today: date) -> frozenset[Right]:
    """By what she was confirmed in, and by the roles that she holds today."""
    skills = Skill.objects.filter(member=member, confirmed_on__isnull=False).values_list("right", flat=True)
    roles = running_terms(member.house_id, today).filter(member=member).values_list("role", flat=True)
    held = {Right(each) for each in skills}
    return frozenset(held.union(*(RIGHTS_OF_ROLE[role] for role in roles)))


def facilitators_of(house: House) -> QuerySet[Facilitator]:
    """Who helps now, whether or not rights are left."""
    return house.facilitators.filter(until=None).select_related("person").order_by("since", "pk")


def helped_by(person_ids: Collection[UUID], authority: Authority) -> QuerySet[Facilitator]:
    """In which houses of this authority one helps, whether or not rights are left."""
    mine = Facilitator.objects.filter(
        person__in=person_ids, until=None, house__organisation__authority=authority
    )
    return mine.select_related("house__organisation__record").order_by("since", "pk")


def facilitators_rights(house: House) -> list[RightEnd]:
    charter = charter_in_force(house)
    return ends_of(charter.steps.all() if charter else (), house.rights_until)


def charter_in_force(house: House) -> Charter | None:
    return _charters(house).filter(state=Charter.State.IN_FORCE).first()


def do_votes_bind(body_id: UUID) -> bool:
    """What its members settled themselves. A body that wrote no charter is bound by no vote."""
    in_force = Charter.objects.filter(house=body_id, state=Charter.State.IN_FORCE)
    return in_force.filter(votes_bind=True).exists()


def charter_being_written(house: House) -> Charter | None:
    return _charters(house).filter(state__in=(Charter.State.DRAFT, Charter.State.ASKED)).first()


def past_charters(house: House) -> list[Charter]:
    return list(_charters(house).filter(state=Charter.State.REPLACED).order_by("-version"))


def _charters(house: House) -> QuerySet[Charter]:
    return (
        Charter.objects.filter(house=house).select_related("adoption").prefetch_related("articles", "steps")
    )


def members_at_home(house: House | UUID) -> QuerySet[HouseMember]:
    return HouseMember.objects.filter(house=house, membership__until=None)


def running_terms(house: House | UUID, today: date) -> QuerySet[RoleTerm]:
    """A term is over on its last day's morning, whatever else happens."""
    running = RoleTerm.objects.filter(house=house, since__lte=today, until__gt=today, ended_on=None)
    return running.filter(member__membership__until=None).select_related("member").order_by("role", "pk")


def terms_of(house: House, limit: int = 12) -> list[RoleTerm]:
    return list(house.terms.select_related("member").order_by("-since", "-pk")[:limit])


def turns_taken(house: House, role: str) -> Counter[int]:
    return Counter(house.terms.filter(role=role).values_list("member__number", flat=True))


def waiting_draws(house: House) -> list[RoleDraw]:
    numbers = Prefetch("numbers__member")
    return list(house.draws.filter(drawn_on=None).prefetch_related(numbers).order_by("draws_on", "pk"))


def skills_in(house: House) -> list[Skill]:
    """By the number of their member: an order that ranks nobody."""
    found = Skill.objects.filter(member__house=house, member__membership__until=None)
    return list(found.select_related("member").prefetch_related("words").order_by("member__number", "right"))


def hash_of_code(typed: str) -> str:
    """Spaces, dashes and case are forgiven."""
    return keyed_hash("house-code", "".join(sign for sign in typed.upper() if sign.isalnum()))


def open_codes(house: House, now: datetime) -> list[HouseCode]:
    running = Q(link__expires_at__gt=now, link__used_at=None)
    found = HouseCode.objects.filter(running, link__organisation=house.pk)
    return list(found.select_related("link").order_by("link__expires_at"))


def find_code(authority: Authority, typed: str, now: datetime) -> HouseCode | None:
    """None for one that never was, is used up or too old: they look alike."""
    found = HouseCode.objects.filter(
        link__organisation__authority=authority,
        link__organisation__record__withdrawal=None,
        link__secret_hash=hash_of_code(typed),
        link__used_at=None,
        link__expires_at__gt=now,
    )
    return found.select_related("link__organisation__house", "link__organisation__record__wording").first()
