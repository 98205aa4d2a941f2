"""At the desk: who helps in a body's house, who comes, who leaves sooner than agreed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.actions import end_facilitator, name_facilitator
from democratic.communities.houses.models import House
from democratic.communities.houses.queries import facilitators_of, facilitators_rights
from democratic.communities.queries import agents_of
from democratic.thread.models import Authority
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.fields import Written
from democratic.web.desk.pages import Asked, Crumb, ask, desk_page
from democratic.web.formats import day
from democratic.web.houses.access import house_at
from democratic.web.houses.frame import press
from democratic.web.houses.places import facilitators_path, house_path
from democratic.web.houses.told import line_of_rights
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


class FacilitatorForm(forms.Form):
    person = forms.ChoiceField(label=gettext_lazy("Qui anime"), widget=forms.RadioSelect)
    function = Written(
        label=gettext_lazy("Sa fonction, que tout le monde lira"),
        max_length=120,
        help_text=gettext_lazy("« animatrice jeunesse ». Son nom n’est pas publié."),
    )

    def __init__(self, authority: Authority, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {str(each.pk): each for each in agents_of(authority)}
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (pk, each.name or _("Agent sans nom")) for pk, each in self.people.items()
        ]


def _crumb() -> Crumb:
    return (_("Organisations"), at("/bureau/organisations"))


def _title(house: House) -> str:
    return _("Qui aide « %(name)s »") % {"name": house.organisation.name}


@require_GET
@for_agents
def listed(request: Request, code: str) -> HttpResponse:
    house = house_at(request, code)
    context = {
        "rows": [
            {
                "function": each.function,
                "name": each.person.name,
                "since": day(each.since),
                "end_url": f"{facilitators_path(house)}/{each.pk}/terminer",
            }
            for each in facilitators_of(house)
        ],
        "steps": line_of_rights(facilitators_rights(house), today_of(request)),
        "new_url": f"{facilitators_path(house)}/nouvelle",
        "house_url": house_path(house),
    }
    return desk_page(
        request, "houses/desk/facilitators.html", context, title=_title(house), crumbs=(_crumb(),)
    )


@require_http_methods(["GET", "POST"])
@for_agents
def name_one(request: Request, code: str) -> HttpResponse:
    house = house_at(request, code)
    form = FacilitatorForm(request.authority, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        name_facilitator(
            house=house,
            person=form.people[cleaned["person"]],
            function=cleaned["function"],
            clock=request.clock,
        )
        return facilitators_path(house)

    asked = Asked(
        title=_("Désigner qui aide"),
        lead=_("Cette personne entre dans la maison, sans y voter, tant que ses droits durent."),
        send=_("Désigner"),
        done=_("C’est dit, et la fonction est publique."),
        crumbs=(_crumb(), (_title(house), facilitators_path(house))),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def end_one(request: Request, code: str, pk: UUID) -> HttpResponse:
    house = house_at(request, code)
    facilitator = facilitators_of(house).filter(pk=pk).first()
    if facilitator is None:
        raise Http404
    return press(
        request,
        lambda: end_facilitator(facilitator=facilitator, clock=request.clock),
        _("C’est fini, et dit en public par la fonction."),
        facilitators_path(house),
    )
