"""Meetings of the body, and the points that members want on their agenda."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.communities.houses.models import Right
from democratic.communities.houses.queries import Presence
from democratic.participation.houses.actions import (
    convene_meeting,
    place_point,
    propose_point,
    support_point,
    withdraw_point,
)
from democratic.participation.houses.models import AgendaPoint
from democratic.participation.houses.queries import meetings_of, points_of
from democratic.participation.meetings.actions import Moment
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import Words
from democratic.thread.models import Kind
from democratic.web.formats import day, hours
from democratic.web.houses.access import at_home, for_house_members, me, with_right
from democratic.web.houses.forms import MeetingForm, PlacingForm, PointForm
from democratic.web.houses.frame import ask_at_home, home_page, press
from democratic.web.houses.places import house_path
from democratic.web.meetings.direct.places import FACILITATOR, live_path
from democratic.web.places import record_path
from democratic.web.requests import Request

HERE = "ordre-du-jour"


def _here(presence: Presence) -> str:
    return house_path(presence.house, HERE)


@require_GET
@at_home
def agenda(request: Request, presence: Presence) -> HttpResponse:
    here, places = _here(presence), presence.may(Right.AGENDA)
    context = {
        "meetings": [
            {
                "title": meeting.record.title,
                "when": f"{day(meeting.starts_at, 'weekday')}, {hours(meeting.starts_at, meeting.ends_at)}",
                "place": meeting.place,
                "is_ours": not meeting.record.audience.is_public,
                "url": record_path(Kind.MEETING, meeting.record.code) if _reads(presence, meeting) else "",
                "items": list(meeting.items.all()),
                "lead_url": live_path(meeting, FACILITATOR) if places and _reads(presence, meeting) else "",
            }
            for meeting in meetings_of(presence.house, request.clock.now())
        ],
        "points": [
            _point(point, here, places=places) for point in points_of(presence.house, presence.member)
        ],
        "may_place": places,
        "new_point_url": f"{here}/point",
        "new_meeting_url": f"{here}/rencontre",
    }
    return home_page(request, presence, "agenda.html", context, title=_("Rencontres"), here=HERE)


def _reads(presence: Presence, meeting: Meeting) -> bool:
    """What members keep to themselves is shut to the adults who help, too."""
    return presence.member is not None or meeting.record.audience.is_public


def _point(point: AgendaPoint, here: str, *, places: bool) -> dict[str, Any]:
    return {
        "title": point.title,
        "why": point.why,
        "n": point.n,  # type: ignore[attr-defined]
        "mine": point.mine,  # type: ignore[attr-defined]
        "support_url": f"{here}/points/{point.pk}/soutien",
        "place_url": f"{here}/points/{point.pk}/inscrire" if places else "",
        "withdraw_url": f"{here}/points/{point.pk}/retirer" if places else "",
    }


@require_http_methods(["GET", "POST"])
@for_house_members
def new_point(request: Request, presence: Presence) -> HttpResponse:
    form = PointForm(request.POST if request.method == "POST" else None)

    def act(cleaned: dict[str, Any]) -> str:
        propose_point(
            house=presence.house,
            member=me(presence),
            title=cleaned["title"],
            why=cleaned["why"],
            clock=request.clock,
        )
        return _here(presence)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Proposer un point"),
        lead=_("Les autres le soutiennent, et il passe à une rencontre. Personne ne lira de qui il vient."),
        send=_("Proposer"),
        done=_("Le point est proposé, avec un premier soutien."),
        above=(_("Rencontres"), _here(presence)),
    )


@require_http_methods(["GET", "POST"])
@with_right(Right.AGENDA)
def new_meeting(request: Request, presence: Presence) -> HttpResponse:
    form = MeetingForm(request.POST if request.method == "POST" else None, is_youth=presence.house.is_youth)
    zone = ZoneInfo(request.authority.time_zone)

    def act(cleaned: dict[str, Any]) -> str:
        starts = datetime.combine(cleaned["on"], cleaned["starts"], zone)
        ends = datetime.combine(cleaned["on"], cleaned["ends"], zone)
        convene_meeting(
            house=presence.house,
            words=Words(title=cleaned["title"], language=get_language() or "fr"),
            moment=Moment(starts, ends, cleaned["place"]),
            clock=request.clock,
            is_for_members=cleaned.get("is_for_members", False),
        )
        return _here(presence)

    public = (
        ""
        if presence.house.is_youth
        else _("Public dès que vous publiez, sauf si elle est réservée aux membres.")
    )
    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Fixer une rencontre"),
        lead=_("Son ordre du jour se fait avec les points que les membres proposent."),
        send=_("Fixer"),
        done=_("La rencontre est fixée."),
        above=(_("Rencontres"), _here(presence)),
        public=public,
    )


def _waiting(presence: Presence, pk: UUID) -> AgendaPoint:
    found = AgendaPoint.objects.filter(house=presence.house, pk=pk, item=None).select_related("house").first()
    if found is None:
        raise Http404
    return found


@require_POST
@for_house_members
def support(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    point, supports = _waiting(presence, pk), request.POST.get("supports") == "1"
    said = _("Le soutien est compté.") if supports else _("Le soutien est retiré.")
    return press(
        request,
        lambda: support_point(point=point, member=me(presence), supports=supports),
        said,
        _here(presence),
    )


@require_http_methods(["GET", "POST"])
@with_right(Right.AGENDA)
def place(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    point = _waiting(presence, pk)
    ahead = {str(each.pk): each for each in meetings_of(presence.house, request.clock.now())}
    form = PlacingForm(request.POST if request.method == "POST" else None)
    form.fields["meeting"].choices = [  # type: ignore[attr-defined]
        (key, f"{each.record.title}, {day(each.starts_at)}") for key, each in ahead.items()
    ]

    def act(cleaned: dict[str, Any]) -> str:
        meeting = ahead[cleaned["meeting"]]
        place_point(point=point, meeting=meeting, minutes=cleaned["minutes"], clock=request.clock)
        return _here(presence)

    return ask_at_home(
        request,
        presence,
        form,
        act,
        title=_("Inscrire « %(title)s »") % {"title": point.title},
        lead=_("Il vient à la fin de l’ordre du jour.") if ahead else _("Il faut d’abord une rencontre."),
        send=_("Inscrire"),
        done=_("C’est à l’ordre du jour."),
        above=(_("Rencontres"), _here(presence)),
    )


@require_POST
@with_right(Right.AGENDA)
def withdraw(request: Request, presence: Presence, pk: UUID) -> HttpResponse:
    point = _waiting(presence, pk)
    return press(request, lambda: withdraw_point(point=point), _("Ce point est retiré."), _here(presence))
