"""Skills at home: who can do what alone, asked by herself, confirmed by two who can. Nobody is ranked."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from democratic.communities.houses.models import SKILLS, Right, Skill
from democratic.communities.houses.queries import Presence, skills_in
from democratic.web.formats import day
from democratic.web.houses.access import at_home
from democratic.web.houses.frame import called, home_page
from democratic.web.houses.places import house_path
from democratic.web.requests import Request


@require_GET
@at_home
def skills(request: Request, presence: Presence) -> HttpResponse:
    found, mine = skills_in(presence.house), getattr(presence.member, "pk", None)
    held = {(skill.member_id, skill.right) for skill in found if skill.confirmed_on}
    asked = {skill.right for skill in found if skill.member_id == mine}
    context = {
        "rows": [_skill(skill, presence, held) for skill in found],
        "ask": [(right.value, right.label) for right in SKILLS if right not in asked],
        "ask_url": house_path(presence.house, "savoir-faire/demander"),
    }
    return home_page(request, presence, "skills.html", context, title=_("Savoir-faire"), here="savoir-faire")


def _skill(skill: Skill, presence: Presence, held: set[tuple[UUID, str]]) -> dict[str, Any]:
    mine = presence.member is not None and skill.member_id == presence.member.pk
    words = list(skill.words.all())
    said = any(
        (presence.member and word.member_id == presence.member.pk)
        or (presence.facilitator and word.facilitator_id == presence.facilitator.pk)
        for word in words
    )
    right = Right(skill.right)
    can = (
        presence.may(right)
        if presence.facilitator
        else ((getattr(presence.member, "pk", None), skill.right) in held)
    )
    base = house_path(presence.house, f"savoir-faire/{skill.pk}")
    return {
        "who": called(skill.member),
        "what": right.label,
        "since": day(skill.confirmed_on) if skill.confirmed_on else "",
        "words": len(words),
        "confirm_url": f"{base}/confirmer"
        if can and not mine and not said and not skill.confirmed_on
        else "",
        "take_back_url": f"{base}/reprendre" if mine else "",
    }


def skills_path(presence: Presence) -> str:
    return house_path(presence.house, "savoir-faire")
