"""An opinion at home: written by all, in versions, beside what some see otherwise; then asked of all, then sent."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import Presence
from democratic.kernel.ids import read_code
from democratic.participation.houses.actions import (
    OpinionText,
    draft_opinion,
    write_opinion,
)
from democratic.participation.houses.models import Opinion
from democratic.participation.houses.queries import opinion_in, opinions_at_home, views_held
from democratic.thread.actions import Words
from democratic.web.houses.access import at_home, for_house_members
from democratic.web.houses.forms import OpinionForm
from democratic.web.houses.frame import ask_at_home, home_page
from democratic.web.houses.places import house_path, opinion_path, referral_path
from democratic.web.houses.told import opinion_state
from democratic.web.houses.voting import asked_of_all, outcome_of
from democratic.web.requests import Request


def path_of(opinion: Opinion, page: str = "") -> str:
    return house_path(opinion.house, f"avis/{opinion.record.code}" + (f"/{page}" if page else ""))


def opinion_at(presence: Presence, code: str) -> Opinion:
    found = opinion_in(presence.house, read_code(code) or "")
    if found is None:
        raise Http404
    return found


@require_GET
@at_home
def opinions(request: Request, presence: Presence) -> HttpResponse:
    here = house_path(presence.house, "avis")
    rows = [
        (each.record.title, f"{here}/{each.record.code}", opinion_state(each), each.version)
        for each in opinions_at_home(presence.house)
    ]
    context = {"rows": rows, "new_url": f"{here}/nouveau"}
    return home_page(request, presence, "opinions.html", context, title=_("Avis"), here="avis")


@require_GET
@at_home
def opinion(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    held, is_open = views_held(found, presence.member), found.state != Opinion.State.ADOPTED
    open_referral = next((each for each in found.referrals.all() if each.answered_on is None), None)
    context = {
        "state": opinion_state(found),
        "version": found.version,
        "text": found.record.text,
        "points": [point.text for point in found.points.all() if point.version == found.version],
        "views": [
            {
                "text": view.text,
                "n": view.n if is_open else view.voices_told,  # type: ignore[attr-defined]
                "mine": view.pk in held,
                "hold_url": path_of(found, f"autrement/{view.pk}"),
            }
            for view in found.minority_views.all()
        ],
        "is_open": is_open,
        "is_draft": found.state in (Opinion.State.DRAFT, Opinion.State.REFUSED),
        "may_propose": found.state == Opinion.State.DRAFT and presence.member is not None,
        "asked": asked_of_all(presence, found.adoption, path_of(found)),
        "outcome": outcome_of(found.adoption),
        "write_url": path_of(found, "ecrire"),
        "propose_url": path_of(found, "proposer"),
        "view_url": path_of(found, "autrement"),
        "public_url": "" if is_open else opinion_path(found.record.code),
        "refer_url": path_of(found, "saisir")
        if presence.may(Right.PUBLISH) and not is_open and open_referral is None
        else "",
        "referrals": [(each.record.code, referral_path(each.record.code)) for each in found.referrals.all()],
        "wordings": [
            (wording.version, wording.title, wording.text)
            for wording in found.record.wordings.order_by("-version")[1:10]
        ],
    }
    above = (_("Avis"), house_path(presence.house, "avis"))
    return home_page(
        request, presence, "opinion_draft.html", context, title=found.record.title, here="avis", above=above
    )


def _text(form: OpinionForm) -> OpinionText:
    cleaned = form.cleaned_data
    words = Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr")
    return OpinionText(words, form.asked())


@require_http_methods(["GET", "POST"])
@for_house_members
def new(request: Request, presence: Presence) -> HttpResponse:
    form = OpinionForm(request.POST if request.method == "POST" else None)

    def act(_cleaned: dict[str, Any]) -> str:
        return path_of(draft_opinion(house=presence.house, text=_text(form), clock=request.clock))

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Écrire un avis"),
        lead=_("C’est un brouillon : chaque membre peut le reprendre, et chaque version reste."),
        send=_("Garder le brouillon"),
        done=_("Le brouillon est gardé."),
        above=(_("Avis"), house_path(presence.house, "avis")),
    )


@require_http_methods(["GET", "POST"])
@for_house_members
def write(request: Request, presence: Presence, opinion: str) -> HttpResponse:
    found = opinion_at(presence, opinion)
    points = [point.text for point in found.points.all() if point.version == found.version]
    initial = {
        "title": found.record.title,
        "text": found.record.text,
        "points": "\n".join(" ".join(point.split()) for point in points),
        "version": found.version,
    }
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=initial)

    def act(cleaned: dict[str, Any]) -> str:
        version = cleaned["version"] or 0
        write_opinion(opinion=found, text=_text(form), version=version, clock=request.clock)
        return path_of(found)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Reprendre l’avis"),
        lead=_("Ce texte fait une version de plus ; celle d’avant se lit toujours."),
        send=_("Garder cette version"),
        done=_("Cette version est gardée."),
        above=(found.record.title, path_of(found)),
    )
