"""Questions of a process: asked, opened, changed until someone answers, closed."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from democratic.kernel.refusals import Refusal
from democratic.participation.polls.actions import change_poll, draft_poll, end_poll, open_poll
from democratic.participation.polls.models import Poll, Shows
from democratic.participation.polls.queries import poll_at, polls_in, stages_to_ask_in, tallies_of
from democratic.participation.polls.results import results_of
from democratic.participation.polls.rules import is_answered
from democratic.participation.polls.states import PollState, state_of
from democratic.thread.models import Kind, Visibility
from democratic.web.charts.polls import column_name, label_of
from democratic.web.desk.access import desk_record, for_agents, function_of
from democratic.web.desk.chain import Place
from democratic.web.desk.forms.answering import ReasonForm
from democratic.web.desk.forms.polls import PollForm, initial_of
from democratic.web.desk.pages import Asked, Crumb, ask, desk_page, process_crumbs, process_desk_path
from democratic.web.desk.views.processes import desk_process
from democratic.web.formats import day, number
from democratic.web.places import at, record_path
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request, someone
from democratic.web.verified import among

PAGE = 20


def desk_poll(request: Request, code: str) -> Poll:
    record = desk_record(request, code, Kind.POLL)
    poll = poll_at(request.authority, record.code)
    if poll is None:
        raise Http404
    return poll


def poll_desk_path(poll: Poll, page: str = "") -> str:
    return at(f"/bureau/questions/{poll.record.code}" + (f"/{page}" if page else ""))


def poll_crumbs(poll: Poll) -> tuple[Crumb, ...]:
    asked = process_crumbs(poll.process, "questions", _("Questions"))
    return (*asked, (poll.record.title, poll_desk_path(poll)))


@require_GET
@for_agents
def listed(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    paging, here = paging_of(request, PAGE), process_desk_path(process, "questions")
    found, total = polls_in(process, offset=paging.offset, limit=paging.size)
    now, new_url = request.clock.now(), f"{here}/nouvelle"
    context = {
        "rows": [_row(poll, now) for poll in found],
        "pager": pager(paging, len(found), total, here),
        "new": new_url,
        "empty": {
            "what": _("Aucune question posée"),
            "why": _("Une question, deux à huit réponses, un geste pour répondre, sans compte."),
            "who": _("Écrivez-la ici : vous la relirez avant de l’ouvrir à tous."),
            "action": (_("Écrire une question"), new_url),
        },
    }
    return desk_page(request, "polls.html", context, title=_("Questions"), crumbs=process_crumbs(process))


def _row(poll: Poll, now: datetime) -> dict[str, str]:
    state = state_of(poll, now)
    last = day(poll.ends_at - timedelta(microseconds=1))
    return {
        "title": poll.record.title,
        "url": poll_desk_path(poll),
        "state": str(state.label),
        "when": (_("close le %(day)s") if state == PollState.CLOSED else _("jusqu’au %(day)s"))
        % {"day": last},
    }


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: Request, slug: str) -> HttpResponse:
    process = desk_process(request, slug)
    stages = stages_to_ask_in(process, request.clock.now())
    form = PollForm(stages, process.authority.time_zone, request.POST or None)

    def act(_cleaned: dict[str, Any]) -> str:
        poll = draft_poll(
            process=process, question=form.question(), author=request.person, clock=request.clock
        )
        return poll_desk_path(poll)

    asked = Asked(
        title=_("Écrire une question"),
        lead=_(
            "Elle reste un brouillon jusqu’à ce que vous l’ouvriez. Après la première réponse, rien n’y change."
        ),
        send=_("Garder le brouillon"),
        done=_("Le brouillon est gardé. Relisez-le : la question s’ouvrira avec sa concertation.")
        if process.record.visibility == Visibility.DRAFT
        else _("Le brouillon est gardé. Relisez-le, puis ouvrez la question."),
        place=Place.PROCESS,
        crumbs=process_crumbs(process, "questions", _("Questions")),
        is_public=False,
    )
    return ask(request, form, act, asked)


@require_GET
@for_agents
def detail(request: Request, code: str) -> HttpResponse:
    poll = desk_poll(request, code)
    state, answered = state_of(poll, request.clock.now()), is_answered(poll)
    options = list(poll.options.all())
    context = {
        "poll": poll,
        "state": state.value,
        "state_label": state.label,
        "waits": poll.process.record.visibility == Visibility.DRAFT,
        "ends": day(poll.ends_at - timedelta(microseconds=1)),
        "options": [label_of(poll, option) for option in options],
        "may_change": not answered and state != PollState.CLOSED,
        "is_answered": answered,
        "is_secret": poll.shows == Shows.CLOSED and poll.closed_at is None,
        "public_url": record_path(Kind.POLL, poll.record.code),
        "base": poll_desk_path(poll),
        "result": _result(poll),
        "tallies": [
            {
                "tally": tally,
                "origin": tally.get_origin_display(),
                "on": day(tally.entered_at),
                "is_mine": tally.entered_by_id == someone(request).pk,
                "base": f"{poll_desk_path(poll)}/lots/{tally.pk}",
            }
            for tally in tallies_of(poll)
        ],
    }
    crumbs = process_crumbs(poll.process, "questions", _("Questions"))
    return desk_page(request, "poll.html", context, title=poll.record.title, crumbs=crumbs)


def _result(poll: Poll) -> dict[str, Any] | None:
    """What was published, and nothing else: the desk knows no more than anyone."""
    results = results_of(poll, list(poll.options.all()))
    if results is None:
        return None
    return {
        "split": among(results.total, results.verified),
        "head": [_("Réponse"), _("Toutes"), *map(column_name, results.told)],
        "rows": [
            (
                label_of(poll, option),
                number(results.n(option)),
                *(number(column.counts.get(option.rank, 0)) for column in results.told),
            )
            for option in results.options
        ]
        if results.columns
        else [],
    }


@require_http_methods(["GET", "POST"])
@for_agents
def change(request: Request, code: str) -> HttpResponse:
    poll = desk_poll(request, code)
    zone = request.authority.time_zone
    stages = stages_to_ask_in(poll.process, request.clock.now())
    form = PollForm(stages, zone, request.POST or None, initial=initial_of(poll, zone))

    def act(_cleaned: dict[str, Any]) -> str:
        change_poll(poll=poll, question=form.question(), clock=request.clock)
        return poll_desk_path(poll)

    is_open = poll.opened_at is not None
    asked = Asked(
        title=_("Modifier la question"),
        lead=_(
            "Possible jusqu’à la première réponse. Une question ouverte change en public, par une nouvelle version."
        ),
        send=_("Publier la nouvelle version") if is_open else _("Garder le brouillon"),
        done=_("La nouvelle version est publiée.") if is_open else _("Le brouillon est gardé."),
        place=Place.PROCESS,
        crumbs=poll_crumbs(poll),
        is_public=is_open,
    )
    return ask(request, form, act, asked)


@require_POST
@for_agents
def publish(request: Request, code: str) -> HttpResponse:
    poll = desk_poll(request, code)
    try:
        open_poll(poll=poll, clock=request.clock)
        messages.success(request, _("La question est publiée : on y répond d’un geste."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(poll_desk_path(poll))


@require_http_methods(["GET", "POST"])
@for_agents
def end(request: Request, code: str) -> HttpResponse:
    poll = desk_poll(request, code)

    def act(cleaned: dict[str, Any]) -> str:
        end_poll(poll=poll, reason=cleaned["reason"], function=function_of(request), clock=request.clock)
        return poll_desk_path(poll)

    asked = Asked(
        title=_("Fermer la question maintenant"),
        lead=_("Plus personne ne répond. Le résultat est compté et publié dans la minute, avec votre motif."),
        send=_("Fermer la question"),
        done=_("La question est fermée."),
        place=Place.PROCESS,
        crumbs=poll_crumbs(poll),
    )
    return ask(request, ReasonForm(request.POST or None), act, asked)
