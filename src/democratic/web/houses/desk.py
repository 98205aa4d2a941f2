"""At the desk: opening a body's house, and answering what it asks, point by point."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.houses.actions import Owing, name_facilitator, open_house
from democratic.communities.houses.queries import get_house_for
from democratic.communities.organisations.queries import get_organisation_for
from democratic.communities.queries import agents_of, office_of, officials_of, services_of
from democratic.kernel.ids import read_code
from democratic.participation.houses.actions import PointAnswer, answer_referral
from democratic.participation.houses.models import Power, Referral
from democratic.participation.houses.queries import referral_for, referrals_to
from democratic.thread.models import Authority
from democratic.web.desk.access import for_agents, for_staff
from democratic.web.desk.forms.fields import Written, text_field
from democratic.web.desk.pages import Asked, ask, desk_page
from democratic.web.houses.places import house_path, referral_path
from democratic.web.houses.told import sent_row
from democratic.web.places import at
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone

PAGE = 20


def _list() -> str:
    return at("/bureau/saisines")


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


@require_GET
@for_staff
def listed(request: Request) -> HttpResponse:
    paging = paging_of(request, PAGE)
    found, total = referrals_to(request.authority, today_of(request), offset=paging.offset, limit=paging.size)
    context = {
        "rows": [
            {
                **sent_row(sent),
                "by": sent.referral.opinion.house.organisation.name,
                "url": f"{_list()}/{sent.referral.record.code}"
                if sent.referral.answered_on is None
                else referral_path(sent.referral.record.code),
            }
            for sent in found
        ],
        "pager": pager(paging, len(found), total, _list()),
        "empty": {
            "what": _("Aucune saisine"),
            "why": _("Un conseil saisit la collectivité d’un avis que ses membres ont adopté."),
            "who": _("La réponse sera due au jour dit, point par point."),
            "action": (_("Voir les organisations"), at("/bureau/organisations")),
        },
    }
    return desk_page(request, "referrals.html", context, title=_("Saisines"))


class AnswerForm(forms.Form):
    """Three fields for each point, named by its rank; who signs."""

    signer = forms.ChoiceField(label=gettext_lazy("Qui répond"), widget=forms.RadioSelect)

    def __init__(self, referral: Referral, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.points = list(referral.points.all())
        self.officials = {str(each.pk): each for each in officials_of(referral.record.authority)}
        for point in self.points:
            self.fields[f"power_{point.rank}"] = forms.ChoiceField(
                label=point.text, choices=Power.choices, widget=forms.RadioSelect
            )
            self.fields[f"passed_to_{point.rank}"] = Written(
                label=_("À qui, si c’est une autre autorité"), max_length=160, required=False
            )
            self.fields[f"reason_{point.rank}"] = text_field(
                _("La réponse, et sa raison"), rows=4, max_length=3000
            )
        signers = [(pk, f"{each.name}, {each.function}") for pk, each in self.officials.items()]
        self.fields["signer"].choices = signers  # type: ignore[attr-defined]
        self.fields["signer"].initial = str(referral.respondent_id)
        self.order_fields([name for name in self.fields if name != "signer"])

    def answers(self) -> dict[int, PointAnswer]:
        cleaned = self.cleaned_data
        return {
            point.rank: PointAnswer(
                Power(cleaned[f"power_{point.rank}"]),
                cleaned[f"reason_{point.rank}"],
                cleaned[f"passed_to_{point.rank}"],
            )
            for point in self.points
        }


@require_http_methods(["GET", "POST"])
@for_staff
def answer(request: Request, code: str) -> HttpResponse:
    sent = referral_for(request.viewer, read_code(code) or "", today_of(request))
    if sent is None:
        raise Http404
    referral = sent.referral
    form = AnswerForm(referral, request.POST or None)

    def act(cleaned: dict[str, Any]) -> str:
        signer = form.officials[cleaned["signer"]]
        own = office_of(someone(request), request.authority)
        answer_referral(
            referral=referral,
            answers=form.answers(),
            signer=signer,
            is_by_delegation=own is None or own.pk != signer.pk,
            clock=request.clock,
        )
        return referral_path(referral.record.code)

    if referral.answered_on is not None and request.method == "GET":
        messages.info(request, _("La réponse est déjà publiée."))
    asked = Asked(
        title=_("Répondre à « %(title)s »") % {"title": referral.record.title},
        lead=_(
            "Chaque demande reçoit sa réponse : ce que vous ferez, à qui vous transmettez, ou non, avec la raison."
        ),
        send=_("Publier la réponse"),
        done=_("La réponse est publiée, point par point."),
        crumbs=((_("Saisines"), _list()),),
        is_announced=True,
    )
    return ask(request, form, act, asked)
