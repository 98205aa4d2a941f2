"""Le bilan: what was asked, with what means, who was reached, what was answered and kept, and what was not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civics.disclosure.counts import LEAST
from democratic.communities.editorial.queries import latest_columns
from democratic.participation.obligations.queries import Due
from democratic.participation.processes.queries import get_process_for
from democratic.participation.reports.answer_counts import answers_in
from democratic.participation.reports.balance import Balance, Promise, balance_of
from democratic.people.models import AgeBand
from democratic.stewardship.packages.queries import is_closed
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.charts.acts import answers_chart, promises_chart
from democratic.web.charts.chart import Chart
from democratic.web.charts.frame import figures_path, framed, source_of
from democratic.web.formats import day, euros, number
from democratic.web.pages import Main
from democratic.web.places import at, process_path, record_path
from democratic.web.sentences import together
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.reports.answers import numbers_of
from democratic.web.suites.reports.observed import observed_in
from democratic.web.suites.reports.picture import flow_chart
from democratic.web.suites.states import label_of, promised
from democratic.web.suites.tabs import head_of
from democratic.web.written.drawn import row_of

COLUMNS_BESIDE = 4


def build_balance(viewer: Viewer, slug: str, today: date) -> Main:
    process = get_process_for(viewer, slug)
    balance = balance_of(process, viewer, today)
    name, mandate = _("Le bilan"), process.mandate
    base, source = figures_path(slug), source_of(viewer.authority)
    context: dict[str, Any] = head_of(process, "bilan", name) | {
        "columns": [row_of(each) for each in latest_columns(viewer.authority, COLUMNS_BESIDE)],
        "standing": standing_of_report(balance.report_due),
        "pdf_url": process_path(slug, "bilan.pdf"),
        "archives_url": process_path(slug, "archives") if is_closed(process) else "",
        "order_title": title_of(mandate.record),
        "order_text": text_of(mandate.record),
        "order_url": record_path(mandate.record.kind, mandate.record.code),
        "facts": facts_of(balance),
        "flow": framed(flow_chart(balance, base, source)) if balance.voices.said else None,
        "charts": [framed(chart) for chart in charts_of(balance, base, source)],
        "said": balance.voices.said,
        "origins": list(balance.voices.by_origin.items()),
        "ages": ages_of(balance.ages),
        "ages_method": ages_method(),
        "apart": [
            (_("hors du champ"), number(balance.voices.inadmissible)),
            (
                ngettext("retirée par son auteur", "retirées par leur auteur", balance.voices.withdrawn),
                number(balance.voices.withdrawn),
            ),
            (
                ngettext("masquée par la modération", "masquées par la modération", balance.voices.moderated),
                number(balance.voices.moderated),
            ),
        ],
        "numbers": numbers_of(balance.answering),
        "owed": [
            {
                "title": title_of(line.theme),
                "url": record_path(line.theme.kind, line.theme.code),
                "n": line.voices,
            }
            for line in balance.answering.owed
        ],
        "tally_title": tally_title(balance),
        "tally": [_knot(promise) for promise in balance.promises],
        "tally_words": [{"code": code, "of": "commitment", "n": n} for code, n in balance.tally.items() if n],
        "short": [fell_short_of(promise) for promise in balance.fell_short],
        "unheard": unheard_of(balance),
        "observed": observed_in(viewer, slug, today),
        "commitments_url": f"{at('/engagements')}?concertation={slug}",
    }
    return Main("web/suites/balance.html", context, name, tally_title(balance), "follow")


def charts_of(balance: Balance, base: str, source: str) -> list[Chart]:
    """What was answered and promised: acts of the authority, of which nothing is hidden."""
    charts = []
    if balance.answering.themes:
        charts.append(answers_chart(answers_in(balance.answering), base, source))
    if balance.promises:
        charts.append(promises_chart(balance.tally, base, source))
    return charts


def standing_of_report(due: Due | None) -> tuple[str, str]:
    """(tone of the note, sentence): whether this is the last word, and when it is promised."""
    if due is None:
        return "", _("Ce bilan se calcule chaque jour, avec ce qui est publié.")
    if due.met_on:
        return "done", _("Bilan rendu le %(day)s. Il continue de se calculer chaque jour.") % {
            "day": day(due.met_on)
        }
    if due.is_late:
        return "late", _("Bilan promis pour le %(day)s, pas encore rendu : %(late)s.") % {
            "day": day(due.first_due_on),
            "late": words.days_late(due.days_late),
        }
    return "", _("Bilan provisoire, calculé chaque jour. Le bilan est promis pour le %(day)s.") % {
        "day": day(due.due_on)
    }


def facts_of(balance: Balance) -> list[tuple[str, str, str]]:
    mandate, spent = balance.process.mandate, balance.committed_cents
    ordered = day(mandate.ordered_on)
    facts = [
        (
            _("Commandé par"),
            mandate.ordered_by,
            together(", ", ordered, mandate.record.spoken(mandate.vote)),
        ),
        (_("Public visé"), mandate.record.spoken(mandate.aimed_at), ""),
        (_("Qui répond"), mandate.answerer.name, mandate.answerer.function),
        (_("Service"), mandate.service.name, ""),
    ]
    if mandate.budget_cents is not None:
        facts.append((_("Budget de la commande"), euros(mandate.budget_cents), ""))
    if spent is not None:
        unsaid = balance.costs_unsaid
        rest = (
            ngettext("%(n)d engagement sans coût publié", "%(n)d engagements sans coût publié", unsaid)
            % {"n": unsaid}
            if unsaid
            else ""
        )
        facts.append((_("Coût des engagements"), euros(spent), rest))
    elif balance.promises:
        facts.append((_("Coût des engagements"), _("non publié"), ""))
    return facts


def ages_of(ages: Mapping[str, int | None]) -> list[tuple[str, str]]:
    """In the order of ages; a hidden cell says why."""
    rows = []
    for band in AgeBand:
        if band.value in ages:
            n = ages[band.value]
            rows.append((str(band.label), _("trop peu pour être publié") if n is None else number(n)))
    return rows


def ages_method() -> str:
    return _(
        "Un âge est compté à partir de %(least)d paroles. En dessous, son nombre est masqué, et le plus petit des"
        " autres avec lui s’il le faut, pour qu’on ne le retrouve pas par différence."
    ) % {"least": LEAST}


def tally_title(balance: Balance) -> str:
    n = len(balance.promises)
    if not n:
        return _("Aucun engagement n’est encore pris")
    tally = balance.tally
    parts = [ngettext("%(n)s engagement", "%(n)s engagements", n) % {"n": number(n)}]
    for code, one, many in (
        ("kept", _("%(n)s tenu"), _("%(n)s tenus")),
        ("late", _("%(n)s en retard"), _("%(n)s en retard")),
        ("unkept", _("%(n)s non tenu"), _("%(n)s non tenus")),
    ):
        if tally[code]:
            parts.append((many if tally[code] > 1 else one) % {"n": number(tally[code])})
    return ", ".join(parts)


def _knot(promise: Promise) -> dict[str, str]:
    record = promise.record
    return {
        "state": promise.standing,
        "word": words.state_word(promise.standing, "commitment"),
        "label": title_of(record),
        "url": record_path(record.kind, record.code),
    }


def fell_short_of(promise: Promise) -> dict[str, Any]:
    record = promise.record
    withdrawal = getattr(record, "withdrawal", None)
    return {
        "title": title_of(record),
        "url": record_path(record.kind, record.code),
        "standing": promise.standing,
        "label": label_of(promise.standing, promise.due),
        "promised": promised(promise.due),
        "service": promise.due.service if promise.due else "",
        "why": record.spoken(withdrawal.reason if withdrawal else promise.why),
        "who": withdrawal.function if withdrawal else "",
    }


def unheard_of(balance: Balance) -> list[str]:
    """What was not managed on our side, beside commitments: sentences from figures, none when all is done."""
    answering, voices = balance.answering, balance.voices
    lines = []
    if answering.given_late:
        n = answering.given_late
        lines.append(
            ngettext(
                "%(n)s réponse signée après le jour promis.",
                "%(n)s réponses signées après le jour promis.",
                n,
            )
            % {"n": number(n)}
        )
    if voices.owed:
        lines.append(
            ngettext(
                "%(n)s voix attend encore sa réponse.",
                "%(n)s voix attendent encore leur réponse.",
                voices.owed,
            )
            % {"n": number(voices.owed)}
        )
    if voices.unattached:
        lines.append(
            ngettext(
                "%(n)s voix n’est rattachée à aucun sujet.",
                "%(n)s voix ne sont rattachées à aucun sujet.",
                voices.unattached,
            )
            % {"n": number(voices.unattached)}
        )
    bare = sum(promise.standing in ("kept", "part") and not promise.evidence for promise in balance.promises)
    if bare:
        lines.append(
            ngettext(
                "%(n)s engagement dit tenu n’a pas de preuve publiée.",
                "%(n)s engagements dits tenus n’ont pas de preuve publiée.",
                bare,
            )
            % {"n": number(bare)}
        )
    return lines
