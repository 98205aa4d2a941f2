"""Which pages the menus name, and what the home page shows, each by its rank."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from democratic.communities.editorial.actions import HomeChoice, arrange_home, arrange_menu
from democratic.communities.editorial.models import Block, Menu, Publication
from democratic.communities.editorial.queries import home_of, pages_to_name, places_in_menus
from democratic.web.desk.access import for_administrators
from democratic.web.desk.groups import Group
from democratic.web.desk.pages import Asked, ask
from democratic.web.places import at
from democratic.web.requests import Request
from democratic.web.written.places import desk_list_path

MOST_RANKS = 99


def _rank(label: Any, initial: int | None) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=MOST_RANKS, required=False, initial=initial)


class MenusForm(forms.Form):
    """For each page, its rank in each menu; left empty, the menu does not name it."""

    def __init__(self, pages: list[Publication], places: dict[Any, int], data: Any) -> None:
        super().__init__(data)
        self.pages = {each.record.code: each for each in pages}
        self.groups = []
        for code, page in self.pages.items():
            for menu in Menu:
                name = f"{menu.value}-{code}"
                self.fields[name] = _rank(
                    _("Rang dans %(menu)s") % {"menu": menu.label}, places.get((page.pk, menu))
                )
            names = tuple(f"{menu.value}-{code}" for menu in Menu)
            self.groups.append(Group(page.record.title, names, is_row=True))

    def chosen(self, menu: Menu) -> list[Publication]:
        ranked = [(self.cleaned_data.get(f"{menu.value}-{code}"), code) for code in self.pages]
        return [self.pages[code] for _rank_, code in sorted((rank, code) for rank, code in ranked if rank)]


class HomeForm(forms.Form):
    page = forms.ChoiceField(label=gettext_lazy("La page dont le début est montré"), required=False)

    def __init__(self, pages: list[Publication], arranged: list[Any], data: Any) -> None:
        super().__init__(data)
        self.pages = {each.record.code: each for each in pages}
        ranks = {each.block: at_ + 1 for at_, each in enumerate(arranged)}
        for block in Block:
            self.fields[f"rank_{block.value}"] = _rank(block.label, ranks.get(block))
        shown = next((each.page.record.code for each in arranged if each.page), "")
        self.fields["page"].choices = [  # type: ignore[attr-defined]
            ("", _("Aucune")),
            *((code, str(each.record.title)) for code, each in self.pages.items()),
        ]
        self.fields["page"].initial = shown
        self.order_fields([*(f"rank_{block}" for block in Block.values), "page"])

    def chosen(self) -> list[HomeChoice]:
        ranked = sorted(
            (rank, at_, block)
            for at_, block in enumerate(Block)
            if (rank := self.cleaned_data.get(f"rank_{block.value}"))
        )
        page = self.pages.get(self.cleaned_data.get("page") or "")
        return [HomeChoice(block, page if block == Block.PAGE else None) for _rank_, _at, block in ranked]


@require_http_methods(["GET", "POST"])
@for_administrators
def menus(request: Request) -> HttpResponse:
    pages = pages_to_name(request.authority, request.clock.now())
    form = MenusForm(
        pages, places_in_menus(request.authority), request.POST if request.method == "POST" else None
    )

    def act(_cleaned: dict[str, Any]) -> str:
        for menu in Menu:
            arrange_menu(authority=request.authority, menu=menu, pages=form.chosen(menu), clock=request.clock)
        return at("/bureau/menus")

    asked = Asked(
        title=_("Les menus"),
        lead=_(
            "Un rang pour chaque page à nommer, dans le pied des pages ou dans « Plus ». Vos pages s’ajoutent à celles"
            " de la plateforme, qui restent toutes."
        ),
        send=_("Enregistrer"),
        done=_("Les menus sont enregistrés."),
        crumbs=((_("Pages et actualités"), desk_list_path()),),
        is_announced=True,
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_administrators
def home(request: Request) -> HttpResponse:
    pages = pages_to_name(request.authority, request.clock.now())
    form = HomeForm(pages, home_of(request.authority), request.POST if request.method == "POST" else None)

    def act(_cleaned: dict[str, Any]) -> str:
        arrange_home(authority=request.authority, chosen=form.chosen(), clock=request.clock)
        return at("/bureau/accueil")

    asked = Asked(
        title=_("La page d’accueil"),
        lead=_(
            "Un rang pour chaque bloc à montrer ; vide, il ne paraît pas. Les engagements, eux, restent toujours."
        ),
        send=_("Enregistrer"),
        done=_("L’accueil est enregistré."),
        crumbs=((_("Pages et actualités"), desk_list_path()),),
        is_announced=True,
    )
    return ask(request, form, act, asked)
