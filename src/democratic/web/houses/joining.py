"""Coming in: a short code for a group, then a name of one's own."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.actions import end_code, enter_house, join_by_code, make_code
from democratic.communities.houses.models import HouseCode, Right
from democratic.communities.houses.queries import Presence, find_code, open_codes
from democratic.kernel.limits import spend
from democratic.kernel.refusals import Refusal
from democratic.people.models import Account
from democratic.web.acts import attempt, spend_a_write
from democratic.web.formats import day
from democratic.web.guests import network_of
from democratic.web.handed import TRIES
from democratic.web.houses.access import at_the_door, with_right
from democratic.web.houses.forms import CodeForm, MakeCodeForm, NameForm
from democratic.web.houses.frame import ask_at_home, home_page, press, trail_of
from democratic.web.houses.places import house_path
from democratic.web.organisations.asking import Question, show_question
from democratic.web.pages import Main, show_once
from democratic.web.places import at
from democratic.web.requests import Request, someone


@require_http_methods(["GET", "POST"])
def join_by_typing(request: Request) -> HttpResponse:
    """One types what one was told; an account keeps the place."""
    account = request.user
    if not isinstance(account, Account):
        return redirect_to_login(request.get_full_path())
    form = CodeForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        code = find_code(request.authority, cleaned["code"], request.clock.now())
        if code is None:
            raise Refusal(_("Ce code n’ouvre rien ici : il est mal tapé, ou il ne sert plus."), field="code")
        member = join_by_code(code=code, account=account, name=cleaned["name"], clock=request.clock)
        return house_path(member.house, "maison")

    if request.method == "POST":
        spend(TRIES, network_of(request))
        location = attempt(request, form, lambda _person, cleaned: act(cleaned))
        if location is not None:
            return location
    question = Question(
        title=_("Entrer avec un code"),
        lead=_("Seuls les autres membres le sauront. On part quand on veut."),
        send=_("Entrer"),
        done="",
        trail=[(_("Organisations"), at("/organisations"))],
    )
    return show_question(request, form, question)


@require_http_methods(["GET", "POST"])
@at_the_door
def enter(request: Request, presence: Presence) -> HttpResponse:
    """A name, the first time or another one later."""
    membership = presence.membership
    if membership is None:
        raise Http404
    known = presence.member
    form = NameForm(
        request.POST if request.method == "POST" else None, initial={"name": known.name if known else ""}
    )

    def act(cleaned: dict[str, Any]) -> str:
        enter_house(house=presence.house, membership=membership, name=cleaned["name"], clock=request.clock)
        return house_path(presence.house, "maison")

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Mon nom ici"),
        lead=_("Un surnom va très bien. Personne hors de la maison ne le lira."),
        send=_("Garder ce nom"),
        done=_("C’est noté."),
        above=(_("Accueil"), house_path(presence.house, "maison")),
    )


@require_GET
@with_right(Right.INVITE)
def codes(request: Request, presence: Presence) -> HttpResponse:
    rows = [
        {
            "label": code.label or _("Un groupe"),
            "used": code.used,
            "uses": code.uses,
            "until": day(code.link.expires_at),
            "end_url": house_path(presence.house, f"codes/{code.pk}/terminer"),
        }
        for code in open_codes(presence.house, request.clock.now())
    ]
    context = {"rows": rows, "new_url": house_path(presence.house, "codes/nouveau")}
    return home_page(request, presence, "codes.html", context, title=_("Codes"), here="codes")


@require_http_methods(["GET", "POST"])
@with_right(Right.INVITE)
def new_code(request: Request, presence: Presence) -> HttpResponse:
    """Shown this once, in the answer to the form, and kept nowhere."""
    form = MakeCodeForm(request.POST if request.method == "POST" else None)
    above = (_("Codes"), house_path(presence.house, "codes"))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        spend_a_write(request)
        made = make_code(
            house=presence.house, uses=cleaned["uses"], days=cleaned["days"], label=cleaned["label"],
            by=someone(request), clock=request.clock,
        )  # fmt: skip
        title = _("Un code, montré une seule fois")
        context = {
            "trail": trail_of(presence.house, above, (title, "")),
            "title": title,
            "secret": made.secret,
            "uses": made.code.uses,
            "until": day(made.code.link.expires_at),
            "join_url": at("/conseils/rejoindre"),
            "back": above[1],
        }
        return show_once(request, Main("web/houses/code.html", context, title=title))
    question = Question(
        title=_("Faire un code"),
        lead=_("Dit à voix haute, tapé par chacun : il fait entrer tout un groupe."),
        send=_("Faire le code"),
        done="",
        trail=trail_of(presence.house, above),
    )
    return show_question(request, form, question)


@require_POST
@with_right(Right.INVITE)
def stop_code(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    found = HouseCode.objects.filter(pk=pk, link__organisation=presence.house.pk).first()
    if found is None:
        raise Http404
    back = house_path(presence.house, "codes")
    return press(
        request, lambda: end_code(code=found, clock=request.clock), _("Ce code n’ouvre plus rien."), back
    )
