"""What who speaks for the appointing body does, and where the link that it gives leads."""

from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Refusal
from democratic.observatory.actions import Act, accept_seat, end_seat, offer_seat
from democratic.observatory.models import Observatory
from democratic.observatory.offers import offer_by, open_offers
from democratic.observatory.queries import public_seats
from democratic.people.models import Account
from democratic.thread.addresses import public_url
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.acts import refused_by, spend_a_write
from democratic.web.formats import day
from democratic.web.handed import no_longer, tried
from democratic.web.observatory.access import for_the_body
from democratic.web.observatory.bench.trails import trail_of
from democratic.web.observatory.mandates_forms import LeavingForm, NamingForm, ReasonForm, SittingForm
from democratic.web.observatory.places import members_path, page_of, seat_path
from democratic.web.observatory.seats import member
from democratic.web.organisations.asking import Question, ask, show_question
from democratic.web.pages import Main, show, show_once
from democratic.web.places import at
from democratic.web.requests import Request, someone
from democratic.web.suites.fil.phrases import text_of, title_of


@require_GET
@for_the_body
def members(request: Request, observatory: Observatory) -> HttpResponse:
    today = local_day(request.clock.now(), request.authority.time_zone)
    seats = public_seats(observatory)
    title = _("Nommer les membres")
    is_open = not hasattr(observatory, "closing")
    context = {
        "prefix": at(""),
        "trail": [*trail_of(observatory), (title, "")],
        "title": title,
        "body": observatory.body.name,
        "name_url": f"{members_path(observatory)}/nommer" if is_open else "",
        "members": [
            member(each) | {"end_url": f"{members_path(observatory)}/{each.pk}/terminer"}
            for each in seats
            if each.until is None and each.term_ends_on >= today
        ],
        "offers": [
            {
                "act": each.act_reference,
                "expires": day(each.expires_at),
                "end_url": f"{members_path(observatory)}/{each.pk}/terminer",
            }
            for each in open_offers(observatory, request.clock.now())
        ],
    }
    return show(request, Main("web/observatory/members.html", context, title=title))


@require_http_methods(["GET", "POST"])
@for_the_body
def name_one(request: Request, observatory: Observatory) -> HttpResponse:
    """The link is shown once, to be given by hand: so the page answers the form, and is not gone back to."""
    form = NamingForm(request.POST or None)
    trail = [*trail_of(observatory), (_("Nommer les membres"), members_path(observatory))]
    if request.method == "POST" and form.is_valid():
        try:
            spend_a_write(request)
            offered = offer_seat(
                observatory=observatory,
                by=someone(request),
                act=Act(
                    on=form.cleaned_data["act_on"],
                    reference=form.cleaned_data["act_reference"],
                    url=form.cleaned_data["act_url"],
                ),
                clock=request.clock,
            )
        except Refusal as refusal:
            refused_by(form, refusal)
        else:
            return _show_once(request, observatory, offered.secret, day(offered.seat.expires_at), trail)
    question = Question(
        title=_("Nommer un membre"),
        lead=_(
            "Cela fait un lien, montré une fois : donnez-le en main propre. Rien n’est public avant son accord."
        ),
        send=_("Faire le lien"),
        done="",
        trail=trail,
        public=_("L’acte, sa date et le nom seront publics quand la personne aura accepté."),
    )
    return show_question(request, form, question)


def _show_once(
    request: Request, observatory: Observatory, secret: str, until: str, trail: list[tuple[str, str]]
) -> HttpResponse:
    title = _("Un lien, montré une seule fois")
    context = {
        "prefix": at(""),
        "trail": [*trail, (title, "")],
        "title": title,
        "url": public_url(request.authority, f"/sieger/{secret}", get_language() or "fr"),
        "until": until,
        "name": title_of(observatory.record),
        "back": members_path(observatory),
    }
    return show_once(request, Main("web/observatory/link.html", context, title=title))


@require_http_methods(["GET", "POST"])
@for_the_body
@recently_authenticated
def end(request: Request, observatory: Observatory, seat: UUID) -> HttpResponse:
    found = get_object_or_404(observatory.seats.filter(until=None), pk=seat)
    is_public = found.since is not None

    def act(cleaned: dict[str, Any]) -> str:
        end_seat(seat=found, by=someone(request), reason=cleaned["reason"], clock=request.clock)
        return members_path(observatory)

    question = Question(
        title=_("Mettre fin à un mandat") if is_public else _("Reprendre une proposition"),
        lead=_("Ce que cette personne a jugé reste jugé. Les dates et le motif restent publics.")
        if is_public
        else _("Le lien ne servira plus. Rien n’en était public."),
        send=_("Mettre fin au mandat") if is_public else _("Reprendre la proposition"),
        done=_("C’est fait."),
        trail=[*trail_of(observatory), (_("Nommer les membres"), members_path(observatory))],
    )
    kind = ReasonForm if is_public else LeavingForm
    return ask(request, kind(request.POST if request.method == "POST" else None), act, question)


@require_http_methods(["GET", "POST"])
@tried
def sit(request: Request, secret: str) -> HttpResponse:
    """A GET says what it is, a POST seats who is signed in, under the name that she chooses."""
    seat = offer_by(request.authority, secret, request.clock.now())
    if seat is None:
        return no_longer(request)
    observatory, account = seat.observatory, request.user
    if not isinstance(account, Account):
        return redirect_to_login(request.path)
    if request.helped:
        raise Http404

    def act(cleaned: dict[str, Any]) -> str:
        accept_seat(
            seat=seat,
            account=account,
            name=cleaned["name"],
            consents=cleaned["consents"],
            clock=request.clock,
        )
        return seat_path(observatory)

    question = Question(
        title=_("Siéger : %(name)s") % {"name": title_of(observatory.record)},
        lead=_("%(body)s vous propose un siège, par cet acte : %(act)s. Mandat jusqu’au %(day)s. %(charter)s")
        % {
            "body": observatory.body.name,
            "act": seat.act_reference,
            "day": day(seat.term_ends_on),
            "charter": text_of(observatory.record)[:240],
        },
        send=_("J’accepte de siéger"),
        done=_("Vous siégez. C’est public dès maintenant."),
        trail=[(title_of(observatory.record), page_of(observatory))],
        public=_("Tant que vous siégez, vous ne tenez ici ni rôle, ni service, ni fonction élue."),
    )
    form = SittingForm(request.POST or None, initial={"name": account.person.name})
    response = ask(request, form, act, question)
    response.headers["Cache-Control"] = "no-store"
    return response
