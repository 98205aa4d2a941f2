"""Everything that a process's page shows, from ten queries."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.kernel.clock import local_day
from democratic.participation.mandates.models import Level
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.polls.queries import polls_to_read
from democratic.participation.processes.models import Process, Step
from democratic.participation.processes.queries import dues_by_process, get_process_for, timeline_of
from democratic.participation.reports.commitment_lines import (
    LATE,
    CommitmentLine,
    commitment_lines,
    tally_of,
)
from democratic.participation.reports.home import question_of, title_of
from democratic.participation.reports.process_page import (
    Move,
    ProcessFigures,
    figures_of,
    latest_moves,
)
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feed_links import EVERY_FORM, feeds_of
from democratic.web.formats import day, euros, hour, number
from democratic.web.pages import Main
from democratic.web.places import at, official_path, process_path, record_path
from democratic.web.processes.act import act_of, commitments_path
from democratic.web.processes.moves import recent_rows
from democratic.web.processes.outings import outings_of
from democratic.web.processes.outline import spots_in_words, spots_of
from democratic.web.processes.phrases import late_pills, near, phase_pill, steps_for_page
from democratic.web.processes.questions import question_row
from democratic.web.processes.tally import MOST_KNOTS, knot, tally_title
from democratic.web.sentences import together

MOST_QUESTIONS = 5


def build_process_page(viewer: Viewer, slug: str, now: datetime) -> Main:
    """Raises RecordNotFound."""
    process, today = get_process_for(viewer, slug), local_day(now, viewer.authority.time_zone)
    record = process.record
    dues = dues_by_process([process.pk], today)[process.pk]
    steps = timeline_of(process, dues, today)
    figures = figures_of(viewer, process.pk)
    commitments = commitment_lines(viewer, today, process_id=process.pk)
    moves = latest_moves(viewer, process.pk)
    answer = dues.get(Owed.ANSWER)
    late = sum(line.shown == LATE for line in commitments)
    spots = spots_of(viewer.authority, figures.places)
    title, (question, details) = title_of(record), question_of(record)
    context = {
        "prefix": at(""),
        "process": process,
        "title": title,
        "question": question,
        "details": details,
        "in_clear": record.spoken(process.in_clear),
        "is_preview": viewer.preview is not None,
        "withdrawal": getattr(record, "withdrawal", None),
        "trail": [(_("Participer"), at("/participer")), (title, "")],
        "pills": [phase_pill(steps, today), *late_pills(answer, late)],
        "figures": figures,
        "spots": spots,
        "spots_alt": spots_in_words(spots),
        "since": near(steps[0].opens_on, today) if steps else "",
        "steps": steps_for_page(steps, today, _gave(figures, len(commitments)), record),
        "tabs": tabs_of(slug, figures, len(commitments)),
        "tabs_label": _("Dans cette concertation"),
        "questions": _questions(viewer, process, now, today),
        "outings": outings_of(viewer, process, now),
        "outings_url": at("/rendez-vous-de-rue"),
        "act": act_of(process, steps, today, figures.kinds[Kind.ANSWER]),
        "tally": [knot(line) for line in commitments[:MOST_KNOTS]],
        "tally_title": tally_title(tally_of(commitments)),
        "facts": _facts(process, commitments, moves),
        "follow_url": at(f"/suivre/{record.code}"),
        "here": process_path(slug),
        "promise": _promise(process, answer, figures, today),
        "levels": Level.choices,
        "rows": recent_rows(moves, commitments, today),
        "lines": _public_lines(figures, answer),
        "code": record.code,
    }
    feeds = feeds_of(f"/concertations/{slug}", EVERY_FORM)
    return Main("web/processes/process.html", context, title, question[:160], "participate", feeds=feeds)


def _questions(viewer: Viewer, process: Process, now: datetime, today: date) -> list[dict[str, str]]:
    shown = polls_to_read(viewer, process.pk, now, limit=MOST_QUESTIONS)
    return [question_row(poll, viewer.authority.time_zone, today) for poll in shown]


def tabs_of(slug: str, figures: ProcessFigures, commitments: int) -> list[tuple[str, str, bool]]:
    return [
        (_("Où nous en sommes"), process_path(slug), True),
        (_("Idées (%(n)s)") % {"n": number(figures.total)}, process_path(slug, "idees"), False),
        (_("Carte"), process_path(slug, "carte"), False),
        (_("Ce qu’on a entendu"), process_path(slug, "entendu"), False),
        (_("Réponses"), process_path(slug, "reponses"), False),
        (_("Engagements (%(n)s)") % {"n": number(commitments)}, commitments_path(slug), False),
        (
            _("Rencontres (%(n)s)") % {"n": number(figures.kinds[Kind.MEETING])},
            f"{at('/agenda')}?concertation={slug}",
            False,
        ),
        (_("Bilan"), process_path(slug, "bilan"), False),
    ]


def _gave(figures: ProcessFigures, commitments: int) -> dict[Step, str]:
    """What each step gave, in numbers. A step that gave nothing says nothing."""
    voices, themes = figures.total, figures.kinds[Kind.THEME]
    said = {
        Step.LISTENING: (voices, ngettext("%(n)s voix", "%(n)s voix", voices)),
        Step.ANALYSIS: (themes, ngettext("%(n)s sujet", "%(n)s sujets", themes)),
        Step.ANSWER: (
            figures.answered,
            ngettext("%(n)s voix ont leur réponse", "%(n)s voix ont leur réponse", figures.answered),
        ),
        Step.DECISION: (commitments, ngettext("%(n)s engagement", "%(n)s engagements", commitments)),
    }
    return {step: words % {"n": number(n)} for step, (n, words) in said.items() if n}


def _facts(
    process: Process, commitments: Sequence[CommitmentLine], moves: Sequence[Move]
) -> list[tuple[str, str, str]]:
    mandate = process.mandate
    ordered = _("le %(day)s") % {"day": day(mandate.ordered_on)}
    spent = sum(line.cost_cents or 0 for line in commitments if line.shown != "withdrawn")
    facts = [
        (_("Commandé par"), mandate.ordered_by, together(", ", ordered, mandate.record.spoken(mandate.vote))),
        (_("Qui répond"), mandate.answerer.name, mandate.answerer.function),
        (_("Suit la concertation"), mandate.service.name, ""),
    ]
    if mandate.budget_cents is not None:
        engaged = _("dont %(amount)s engagés") % {"amount": euros(spent)} if spent else ""
        facts.append((_("Budget"), euros(mandate.budget_cents), engaged))
    if moves:
        last = moves[0]
        facts.append((_("Dernière mise à jour"), f"{day(last.day)}, {hour(last.at)}", ""))
    return facts


def _promise(process: Process, answer: Due | None, figures: ProcessFigures, today: date) -> dict[str, object]:
    mandate = process.mandate
    published = local_day(mandate.record.happened_at, process.authority.time_zone)
    return {
        "asks": process.record.spoken(process.asks),
        "use": process.record.spoken(process.use_of_input),
        "who": _who_answers(mandate.answerer.name, answer, mandate.answer_due_on),
        "fixed": process.record.spoken(process.not_negotiable)
        or mandate.record.spoken(mandate.not_decidable),
        "level": mandate.level,
        "kept": _kept_in_time(answer, figures),
        "signed": {
            "name": mandate.answerer.name,
            "line": _("%(function)s. Son nom est public dans la commande depuis le %(day)s.")
            % {"function": mandate.answerer.function, "day": near(published, today)},
            "url": record_path(Kind.MANDATE, mandate.record.code),
            "page": official_path(mandate.answerer_id),
        },
    }


def _who_answers(name: str, answer: Due | None, due_on: date) -> str:
    first = answer.first_due_on if answer else due_on
    promised = _("%(name)s, le %(day)s.") % {"name": name, "day": day(first)}
    if answer and answer.postponements:
        n = len(answer.postponements)
        put_off = ngettext("Repoussée une fois, au %(day)s.", "Repoussée %(n)d fois, au %(day)s.", n) % {
            "n": n,
            "day": day(answer.due_on),
        }
        return f"{promised} {put_off}"
    return _("%(promised)s Passé ce jour, chaque réponse manquante est comptée ici, en clair.") % {
        "promised": promised
    }


def _kept_in_time(answer: Due | None, figures: ProcessFigures) -> str:
    """Said only when it is wholly so: partial figures stand in the public lines below."""
    if answer and answer.met_on and not answer.days_late and figures.owed:
        return _("%(n)s sur %(all)s") % {"n": number(figures.answered), "all": number(figures.owed)}
    return ""


def _public_lines(figures: ProcessFigures, answer: Due | None) -> list[tuple[str, str, str]]:
    """(term, number, what it means). What is apart is said apart, and never hidden by a total."""
    late = figures.waiting if answer and answer.is_late else 0
    return [
        (
            ngettext("réponse donnée", "réponses données", figures.answered),
            number(figures.answered),
            _("sur %(n)s dues") % {"n": number(figures.owed)},
        ),
        (
            ngettext("réponse attendue", "réponses attendues", figures.waiting),
            number(figures.waiting),
            _("dont %(n)s en retard") % {"n": number(late)} if late else _("aucune en retard"),
        ),
        (_("hors du champ"), number(figures.inadmissible), _("avec le motif, publié")),
        (
            ngettext("retirée par son auteur", "retirées par leur auteur", figures.withdrawn),
            number(figures.withdrawn),
            _("les mots ne sont plus montrés"),
        ),
        (
            ngettext("masquée par la modération", "masquées par la modération", figures.moderated),
            number(figures.moderated),
            _("hors de tous les comptes"),
        ),
    ]
