"""The page of a question, the same for all who read it: asked, or told."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.polls.models import Poll, Shows
from democratic.participation.polls.queries import reasons_of
from democratic.participation.polls.results import Results, results_of
from democratic.participation.polls.states import PollState, state_of
from democratic.participation.polls.tool import REQUIRES, WHY
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.charts.frame import framed, source_of
from democratic.web.charts.polls import count_of, poll_chart
from democratic.web.formats import day, hour, number
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.polls.options import buttons
from democratic.web.suites.follow import follow_context
from democratic.web.verified import among
from democratic.web.words import ORIGINS

REASONS = 5


def build_poll_page(viewer: Viewer, poll: Poll, now: datetime) -> Main:
    record, process = poll.record, poll.process
    title, state = title_of(record), state_of(poll, now)
    results = results_of(poll, list(poll.options.all())) if state == PollState.CLOSED else None
    reasons, said = reasons_of(viewer, poll, limit=REASONS)
    path = record_path(Kind.POLL, record.code)
    context = {
        "prefix": at(""),
        "trail": [(title_of(process.record), process_path(process.slug)), (_("Une question"), "")],
        "title": title,
        "text": record.text,
        "state": state.value,
        "pill": _pill(poll, state),
        "withdrawal": getattr(record, "withdrawal", None),
        **asked(poll, now),
        "result": result(poll, results) if results else None,
        "is_counting": state == PollState.CLOSED and results is None,
        "facts": _facts(poll, state),
        "reasons": [(said_.title, record_path(Kind.IDEA, said_.code)) for said_ in reasons],
        "reasons_n": said,
        "reasons_title": ngettext("Une personne a dit pourquoi", "%(n)s personnes ont dit pourquoi", said)
        % {"n": number(said)},
        "code": record.code,
        **follow_context(record.code, path),
    }
    description = record.text[:160] or _("Une question, une réponse d’un geste, sans compte.")
    return Main("web/polls/page.html", context, title, description, "participate")


def asked(poll: Poll, now: datetime, *, drawn_for: str | None = None) -> dict[str, Any]:
    """What the form takes, and what the reader is promised."""
    return {
        "is_open": state_of(poll, now) == PollState.OPEN,
        "buttons": buttons(poll, drawn_for=drawn_for),
        "answer_url": f"{record_path(Kind.POLL, poll.record.code)}/repondre",
        "take_back_url": f"{record_path(Kind.POLL, poll.record.code)}/reprendre",
        "next": _next(poll),
        "is_shuffled": poll.is_shuffled,
    }


def _pill(poll: Poll, state: PollState) -> tuple[str, str, str]:
    if state == PollState.OPEN:
        return _("Ouverte"), _("jusqu’au %(when)s") % {"when": _end(poll)}, ""
    if state == PollState.AHEAD and poll.opens_at:
        return _("Ouvre le %(day)s") % {"day": day(poll.opens_at)}, "", "soon"
    return _("Close"), _("depuis le %(day)s") % {"day": day(poll.ends_at - timedelta(microseconds=1))}, "done"


def _end(poll: Poll) -> str:
    """The last day on which one may answer; with its hour when the question ends in the middle of a day."""
    last = poll.ends_at - timedelta(microseconds=1)
    return (
        day(last, "weekday") if poll.ends_at == poll.stage.closes_at else f"{day(last)}, {hour(poll.ends_at)}"
    )


def _next(poll: Poll) -> str:
    who = {"day": _end(poll), "name": poll.process.mandate.answerer.name}
    if poll.shows == Shows.CLOSED:
        return (
            _(
                "Le résultat est compté à la clôture, le %(day)s : avant, personne ne le connaît. Il est publié ici,"
                " et %(name)s y répond avec le reste de la concertation."
            )
            % who
        )
    return (
        _(
            "Le résultat se lit dès qu’on a répondu. Il est arrêté le %(day)s, et %(name)s y répond avec le reste de"
            " la concertation."
        )
        % who
    )


def result(poll: Poll, results: Results) -> dict[str, Any]:
    """The figure and its table; or, of so few people, their number alone."""
    chart = poll_chart(
        poll, results, f"{fil_path(poll.record.code)}/figure", source_of(poll.record.authority)
    )
    return {
        "chart": framed(chart) if chart else None,
        "n": count_of(results),
        "total": results.total,
        "split": among(results.total, results.verified),
        "is_final": results.is_final,
        "batches": [
            _("%(where)s, lot %(name)s : %(n)s, vérifié le %(day)s")
            % {
                "where": ORIGINS[batch.origin],
                "name": batch.name,
                "n": ngettext("%(n)s réponse", "%(n)s réponses", batch.total) % {"n": number(batch.total)},
                "day": day(batch.at),
            }
            for batch in results.batches
        ],
    }


def _facts(poll: Poll, state: PollState) -> list[tuple[str, str, str]]:
    told = Shows(poll.shows).label
    facts = [
        (_("Ce qu’il faut"), str(REQUIRES), str(WHY)),
        (_("Qui répond"), poll.process.mandate.answerer.name, poll.process.mandate.answerer.function),
    ]
    if state != PollState.CLOSED:
        facts.append((_("Le résultat se lit"), str(told), ""))
    if poll.is_shuffled:
        facts.append(
            (
                _("L’ordre des réponses"),
                _("Tiré pour chacun"),
                _("Pour que la première ne soit pas favorisée."),
            )
        )
    return facts
