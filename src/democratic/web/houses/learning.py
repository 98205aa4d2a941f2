"""A skill is asked for, confirmed, taken back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from democratic.communities.houses.actions import ask_for_skill, confirm_skill, give_skill_back
from democratic.communities.houses.models import SKILLS, Right, Skill
from democratic.communities.houses.queries import Presence
from democratic.web.houses.access import at_home, for_house_members, me
from democratic.web.houses.frame import press
from democratic.web.houses.skills import skills_path
from democratic.web.requests import Request


@require_POST
@for_house_members
def ask_skill(request: Request, presence: Presence) -> HttpResponse:
    right = request.POST.get("right", "")
    if right not in SKILLS:
        raise Http404
    return press(
        request,
        lambda: ask_for_skill(member=me(presence), right=Right(right), clock=request.clock),
        _("C’est demandé : deux membres qui savent le faire le confirment."),
        skills_path(presence),
    )


@require_POST
@at_home
def confirm(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    skill = Skill.objects.filter(pk=pk, member__house=presence.house).first()
    if skill is None:
        raise Http404
    return press(
        request,
        lambda: confirm_skill(skill=skill, by=presence, clock=request.clock),
        _("C’est confirmé."),
        skills_path(presence),
    )


@require_POST
@for_house_members
def take_back(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    skill = Skill.objects.filter(pk=pk, member=me(presence)).first()
    if skill is None:
        raise Http404
    return press(request, lambda: give_skill_back(skill=skill), _("C’est retiré."), skills_path(presence))
