"""At the desk: opening a body's house, and naming who helps in it."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.communities.houses.actions import Owing, name_facilitator, open_house
from democratic.communities.houses.queries import get_house_for
from democratic.communities.organisations.queries import get_organisation_for
from democratic.communities.queries import agents_of, officials_of, services_of
from democratic.kernel.ids import read_code
from democratic.thread.models import Authority
from democratic.web.desk.access import for_agents
from democratic.web.desk.forms.fields import Written
from democratic.web.desk.pages import Asked, ask
from democratic.web.houses.places import house_path
from democratic.web.places import at
from democratic.web.requests import Request


class HouseForm(forms.Form):
    is_youth = forms.BooleanField(
        label=gettext_lazy(
            "C’est un conseil de jeunes : on s’y dit « tu », et ses rencontres ne sont pas publiques"
        ),
        required=False,
    )
    respondent = forms.ChoiceField(label=gettext_lazy("Qui répond à ses avis"), widget=forms.RadioSelect)
    service = forms.ChoiceField(
        label=gettext_lazy("Quel service prépare la réponse"), widget=forms.RadioSelect
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Répondre en combien de jours"), min_value=7, max_value=180, initial=60
    )

    def __init__(self, authority: Authority, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.officials = {str(each.pk): each for each in officials_of(authority)}
        self.services = {str(each.pk): each for each in services_of(authority)}
        respondents = [(pk, f"{each.name}, {each.function}") for pk, each in self.officials.items()]
        self.fields["respondent"].choices = respondents  # type: ignore[attr-defined]
        self.fields["service"].choices = [(pk, each.name) for pk, each in self.services.items()]  # type: ignore[attr-defined]


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


@require_http_methods(["GET", "POST"])
@for_agents
def open_one(request: Request, code: str) -> HttpResponse:
    organisation = get_organisation_for(request.viewer, read_code(code) or "")
    if organisation is None:
        raise Http404
    form = HouseForm(request.authority, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        owing = Owing(
            form.officials[cleaned["respondent"]].pk,
            form.services[cleaned["service"]].pk,
            cleaned["answer_days"],
        )
        house = open_house(
            organisation=organisation, is_youth=cleaned["is_youth"], owing=owing, clock=request.clock
        )
        return at(f"/bureau/conseils/{house.organisation.record.code}/animation")

    asked = Asked(
        title=_("Ouvrir la maison de « %(name)s »") % {"name": organisation.name},
        lead=_(
            "Ses membres y écrivent leur charte. Les droits des adultes qui aident finissent tous dans un an,"
            " ou comme la charte le dira."
        ),
        send=_("Ouvrir la maison"),
        done=_("La maison est ouverte. Dites maintenant qui aide."),
        crumbs=((_("Organisations"), at("/bureau/organisations")),),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def name_one(request: Request, code: str) -> HttpResponse:
    house = get_house_for(request.viewer, read_code(code) or "")
    if house is None:
        raise Http404
    form = FacilitatorForm(request.authority, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        name_facilitator(
            house=house,
            person=form.people[cleaned["person"]],
            function=cleaned["function"],
            clock=request.clock,
        )
        return house_path(house)

    asked = Asked(
        title=_("Qui aide « %(name)s »") % {"name": house.organisation.name},
        lead=_("Cette personne entre dans la maison, sans y voter, tant que ses droits durent."),
        send=_("Désigner"),
        done=_("C’est dit, et la fonction est publique."),
        crumbs=((_("Organisations"), at("/bureau/organisations")),),
        is_announced=True,
    )
    return ask(request, form, act, asked)
