"""At the desk: opening a body's house."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.communities.houses.actions import Owing, open_house
from democratic.communities.organisations.queries import get_organisation_for
from democratic.communities.queries import officials_of, services_of
from democratic.kernel.ids import read_code
from democratic.thread.models import Authority
from democratic.web.desk.access import for_agents
from democratic.web.desk.pages import Asked, ask
from democratic.web.houses.places import facilitators_path
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
        return facilitators_path(house)

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
