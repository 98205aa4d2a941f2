"""After the answer: what members say of it; and what they hand over to the next."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import (
    Presence,
    charter_in_force,
    facilitators_rights,
    running_terms,
    skills_in,
    terms_of,
)
from democratic.kernel.ids import read_code
from democratic.participation.houses.actions import hand_over, rate_answer, tell_rating, write_hand_over
from democratic.participation.houses.models import Referral, ReferralRating
from democratic.participation.houses.queries import hand_over_of, last_hand_over, referrals_of, still_open
from democratic.web.formats import day
from democratic.web.houses.access import at_home, for_house_members, me, with_right
from democratic.web.houses.forms import HandOverForm, RatingForm
from democratic.web.houses.frame import ask_at_home, called, home_page, press
from democratic.web.houses.places import house_path, referral_path
from democratic.web.houses.told import line_of_rights, role_line, sent_row
from democratic.web.organisations.asking import SureForm
from democratic.web.processes.days import today_of
from democratic.web.requests import Request


def _referral(presence: Presence, code: str) -> Referral:
    found = Referral.objects.filter(opinion__house=presence.house, record__code=read_code(code) or "")
    referral = found.select_related("record__wording").first()
    if referral is None:
        raise Http404
    return referral


@require_http_methods(["GET", "POST"])
@for_house_members
def rate(request: Request, presence: Presence, referral: str) -> HttpResponse:
    found = _referral(presence, referral)
    form = RatingForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        rate_answer(
            referral=found,
            member=me(presence),
            answered=ReferralRating.Answered(cleaned["answered"]),
            agrees=ReferralRating.Agrees(cleaned["agrees"]),
        )
        return house_path(presence.house, "saisines")

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Ce que vaut cette réponse"),
        lead=_(
            "Deux questions à part : est-ce une réponse, et est-on d’accord ? Publié seulement à partir de cinq voix."
        ),
        send=_("Donner ma voix"),
        done=_("La voix est comptée. Personne d’autre ne la lit."),
        above=(_("Saisines"), house_path(presence.house, "saisines")),
    )


@require_GET
@at_home
def referrals(request: Request, presence: Presence) -> HttpResponse:
    rows = []
    for sent in referrals_of(presence.house, today_of(request)):
        found = sent.referral
        base = house_path(presence.house, f"saisines/{found.record.code}")
        waits = found.answered_on is not None and found.rated_on is None
        rows.append(
            {
                **sent_row(sent),
                "rate_url": f"{base}/avis" if waits and presence.member else "",
                "tell_url": f"{base}/publier" if waits and presence.may(Right.PUBLISH) else "",
                "n": found.ratings.count() if waits else None,
            }
        )
    return home_page(request, presence, "referrals.html", {"rows": rows}, title=_("Saisines"), here="avis")


@require_POST
@with_right(Right.PUBLISH)
def tell(request: Request, presence: Presence, referral: str) -> HttpResponse:
    found = _referral(presence, referral)
    return press(
        request,
        lambda: tell_rating(referral=found, clock=request.clock),
        _("C’est publié, à côté de la réponse."),
        referral_path(found.record.code),
    )


@require_GET
@at_home
def handing(request: Request, presence: Presence) -> HttpResponse:
    """Read in five minutes by who comes next: what is open, where things are, what adults do no more."""
    house, today = presence.house, today_of(request)
    waiting, left, mine = still_open(house, today), last_hand_over(house), hand_over_of(house, house.mandate)
    charter = charter_in_force(house)
    context = {
        "mandate": house.mandate,
        "since": day(house.mandate_since),
        "left": {"mandate": left.mandate, "on": day(left.handed_on), "text": left.text, "where": left.where}
        if left
        else None,
        "mine": mine,
        "opinions": [
            (each.record.title, house_path(house, f"avis/{each.record.code}")) for each in waiting.opinions
        ],
        "referrals": [sent_row(sent) for sent in waiting.referrals],
        "points": [point.title for point in waiting.points],
        "roles": [{**role_line(term), "who": called(term.member)} for term in running_terms(house, today)],
        "words": [(term.get_role_display(), term.left_word) for term in terms_of(house) if term.left_word][
            :6
        ],
        "knows": [
            (called(skill.member), skill.get_right_display())
            for skill in skills_in(house)
            if skill.confirmed_on
        ],
        "charter": f"{house_path(house, 'charte')}" if charter else "",
        "steps": line_of_rights(facilitators_rights(house), today),
        "write_url": house_path(house, "passation/ecrire"),
        "hand_url": house_path(house, "passation/transmettre") if presence.may(Right.AGENDA) else "",
    }
    return home_page(request, presence, "handing.html", context, title=_("Passation"), here="passation")


@require_http_methods(["GET", "POST"])
@for_house_members
def write_handing(request: Request, presence: Presence) -> HttpResponse:
    known = hand_over_of(presence.house, presence.house.mandate)
    initial = {"text": known.text, "where": known.where} if known else {}
    form = HandOverForm(request.POST if request.method == "POST" else None, initial=initial)
    here = house_path(presence.house, "passation")

    def act(cleaned: dict[str, Any]) -> str:
        write_hand_over(
            house=presence.house, text=cleaned["text"], where=cleaned["where"], clock=request.clock
        )
        return here

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Écrire pour la suite"),
        lead=_("Les membres suivants liront ceci en premier, et rien qu’eux."),
        send=_("Garder"),
        done=_("C’est gardé."),
        above=(_("Passation"), here),
    )


@require_http_methods(["GET", "POST"])
@with_right(Right.AGENDA)
def hand(request: Request, presence: Presence) -> HttpResponse:
    form = SureForm(request.POST if request.method == "POST" else None)
    here = house_path(presence.house, "passation")

    def act(_cleaned: dict[str, Any]) -> str:
        hand_over(house=presence.house, clock=request.clock)
        return here

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Passer le relais"),
        lead=_("Le mandat se termine : les rôles sont libres, et ce qui est ouvert reste ouvert."),
        send=_("Passer le relais"),
        done=_("Le relais est passé."),
        above=(_("Passation"), here),
        public=_("Public : qu’un nouveau mandat commence. Les mots restent entre membres."),
    )
