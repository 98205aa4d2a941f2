"""At the desk: the sessions of a consultation, one planned, one changed."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.ids import read_code
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.street.models import StreetSession, TeamRole
from democratic.participation.street.planning import (
    MISSING_LIMIT,
    PLACE_LIMIT,
    Outing,
    change_session,
    plan_session,
)
from democratic.participation.street.queries import open_polls_of, sessions_of_process, with_words
from democratic.thread.models import RecordPoint
from democratic.thread.queries.roles import accounts_of_staff, running_grants
from democratic.web.desk.access import for_agents
from democratic.web.desk.chain import Place
from democratic.web.desk.pages import Asked, Crumb, ask, desk_page, process_crumbs
from democratic.web.desk.views.processes import desk_process
from democratic.web.ideas.point import map_to_pick_on
from democratic.web.processes.outings import state_pill, when_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request
from democratic.web.street.forms import SessionForm
from democratic.web.street.places import desk_list, desk_path

PAGE, MOST_STAFF = 20, 200
POINT_HINT = gettext_lazy(
    "Facultatif. Le rendez-vous paraîtra là sur la carte publique, à 100 mètres environ. Sans point, il est placé au milieu "
    "de la commune que nomme le lieu."
)


def desk_session(request: Request, code: str) -> StreetSession:
    found = StreetSession.objects.filter(
        record__authority=request.authority, record__code=read_code(code) or ""
    )
    session = with_words(found).select_related("record__withdrawal").first()
    if session is None:
        raise Http404
    return session


def session_crumbs(session: StreetSession) -> tuple[Crumb, ...]:
    return (
        *process_crumbs(session.process, "rue", _("Les rendez-vous de rue")),
        (session.record.place, desk_path(session)),
    )


@require_GET
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), desk_list(process)
    found, total = sessions_of_process(process, offset=paging.offset, limit=paging.size)
    context = {
        "rows": [_row(each) for each in found],
        "pager": pager(paging, len(found), total, here),
        "new": f"{here}/nouveau",
        "empty": {
            "what": _("Aucun rendez-vous de rue"),
            "why": _(
                "Une question, un lieu, quelques heures : les paroles des passants comptent comme celles du site."
            ),
            "who": _("Choisissez un lieu où passent les personnes que l’on n’entend pas encore."),
            "action": (_("Prévoir un rendez-vous"), f"{here}/nouveau"),
        },
    }
    return desk_page(
        request, "street.html", context, title=_("Les rendez-vous de rue"), crumbs=process_crumbs(process)
    )


def _row(session: StreetSession) -> dict[str, Any]:
    label, tone = state_pill(session)
    return {
        "title": session.record.title,
        "url": desk_path(session),
        "place": session.record.place,
        "when": when_of(session),
        "state": label,
        "tone": tone,
    }


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    form, polls = _form(request, process)

    def act(cleaned: dict[str, Any]) -> str:
        session = plan_session(
            process=process,
            outing=_outing(process, cleaned, polls),
            author=request.person,
            clock=request.clock,
        )
        return desk_path(session)

    asked = Asked(
        title=_("Prévoir un rendez-vous de rue"),
        lead=_(
            "Le lieu, l’heure et la question sont annoncés à tous. L’équipe peut ensuite préparer ses appareils."
        ),
        send=_("Annoncer"),
        done=_("Le rendez-vous est annoncé. L’équipe peut préparer ses appareils."),
        place=Place.PROCESS,
        pick=map_to_pick_on(request.authority),
        pick_hint=POINT_HINT,
        crumbs=process_crumbs(process, "rue", _("Les rendez-vous de rue")),
    )
    return ask(request, form, act, asked)


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, code: str) -> HttpResponse:
    session = desk_session(request, code)
    form, polls = _form(request, session.process, session)

    def act(cleaned: dict[str, Any]) -> str:
        outing = _outing(session.process, cleaned, polls)
        change_session(session=session, outing=outing, clock=request.clock)
        return desk_path(session)

    asked = Asked(
        title=_("Modifier le rendez-vous"),
        lead=_(
            "Le changement est public. Les appareils déjà préparés gardent la question d’avant : préparez-les de nouveau."
        ),
        send=_("Publier le changement"),
        done=_("Le rendez-vous est changé."),
        place=Place.PROCESS,
        pick=map_to_pick_on(request.authority),
        pick_hint=POINT_HINT,
        crumbs=session_crumbs(session),
    )
    return ask(request, form, act, asked)


def _form(
    request: Request, process: Process, session: StreetSession | None = None
) -> tuple[SessionForm, dict[str, Poll]]:
    here = running_grants(request.authority).values("person")
    staff = accounts_of_staff(request.authority).filter(is_active=True, person__in=here)[:MOST_STAFF]
    team = [(str(each.person_id), each.person.name or _("sans nom")) for each in staff]
    polls = {str(each.pk): each for each in open_polls_of(process)}
    initial = _initial(session) if session else _proposed(request)
    form = SessionForm(
        team, [(pk, each.record.title) for pk, each in polls.items()], request.POST or None, initial=initial
    )
    return form, polls


def _proposed(request: Request) -> dict[str, Any]:
    """A campaign's figures lead here with whom they lack, and where."""
    asked = {
        "missing": request.GET.get("manque", "")[:MISSING_LIMIT],
        "place": request.GET.get("lieu", "")[:PLACE_LIMIT],
    }
    return asked | {"team": [str(request.person.pk)] if request.person else []}


def _initial(session: StreetSession) -> dict[str, Any]:
    zone = ZoneInfo(session.record.authority.time_zone)
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    return {
        "question": session.record.title,
        "poll": str(session.poll_id or ""),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "place": session.record.place,
        "point": _point_of(session),
        "missing": session.missing,
        "team": [str(each) for each in session.team.values_list("person", flat=True)],
    }


def _point_of(session: StreetSession) -> str:
    """As the field reads it."""
    point = RecordPoint.objects.filter(record=session.pk).first()
    return f"{float(point.longitude)},{float(point.latitude)}" if point else ""


def _outing(process: Process, cleaned: dict[str, Any], polls: dict[str, Poll]) -> Outing:
    zone = ZoneInfo(process.authority.time_zone)
    team = {
        UUID(each): TeamRole.LISTENS if rank else TeamRole.LEADS for rank, each in enumerate(cleaned["team"])
    }
    return Outing(
        question=cleaned["question"],
        place=cleaned["place"],
        starts_at=datetime.combine(cleaned["day"], cleaned["starts"], zone),
        ends_at=datetime.combine(cleaned["day"], cleaned["ends"], zone),
        team=team,
        poll=polls.get(cleaned["poll"]),
        missing=cleaned["missing"],
        point=cleaned["point"],
    )
