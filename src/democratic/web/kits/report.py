"""Le bilan on paper: the page's own figures and sentences, lateness included."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.reports.balance import Balance
from democratic.web import words
from democratic.web.formats import day, euros, number, typo
from democratic.web.kits.printable import Json
from democratic.web.kits.told import frame_of
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.reports.answers import numbers_of
from democratic.web.suites.reports.balance import (
    ages_method,
    ages_of,
    fell_short_of,
    standing_of_report,
    tally_title,
    unheard_of,
)
from democratic.web.suites.states import label_of, promised

Rows = list[Json]


def report(balance: Balance) -> dict[str, Json]:
    process = balance.process
    order = process.mandate.record
    name = title_of(process.record)
    _tone, standing = standing_of_report(balance.report_due)
    shown = frame_of(process, _("Bilan : %(name)s") % {"name": name})
    return shown | {
        "title-shown": typo(_("Bilan : %(name)s") % {"name": name}),
        "standing": typo(standing),
        "foot": _("Bilan calculé le %(day)s") % {"day": day(balance.answering.today)},
        "page": _("page"),
        "order": {
            "head": _("Ce qui était demandé"),
            "title": typo(title_of(order)),
            "text": _paragraphs(text_of(order)),
        },
        "means": {"head": _("Les moyens"), "rows": _means(balance)},
        "parts": [_heard(balance), _answered(balance), _promised(balance), _short(balance)],
    }


def _paragraphs(text: str) -> list[Json]:
    return [typo(" ".join(each.split())) for each in text.split("\n") if each.strip()]


def _part(
    head: str,
    text: Rows,
    *,
    rows: Rows | None = None,
    head_row: Rows | None = None,
    lists: Rows | None = None,
) -> Json:
    """``head_row``: what its two columns are, when it has rows."""
    return {
        "head": typo(head),
        "text": text,
        "rows": rows or [],
        "head-row": head_row or [_("Ce qui est compté"), _("Nombre")],
        "lists": lists or [],
    }


def _rows(pairs: list[tuple[str, str]]) -> Rows:
    return [[typo(str(first)), typo(str(second))] for first, second in pairs]


def _means(balance: Balance) -> Rows:
    mandate, spent, unsaid = balance.process.mandate, balance.committed_cents, balance.costs_unsaid
    rows = [
        (_("Commandé par"), f"{mandate.ordered_by}, {day(mandate.ordered_on)}"),
        (_("Public visé"), mandate.aimed_at),
        (_("Qui répond"), f"{mandate.answerer.name}, {mandate.answerer.function}"),
        (_("Service"), mandate.service.name),
    ]
    if mandate.budget_cents is not None:
        rows.append((_("Budget de la commande"), euros(mandate.budget_cents)))
    if balance.promises:
        cost = _("non publié") if spent is None else euros(spent)
        rest = ngettext("%(n)d engagement sans coût publié", "%(n)d engagements sans coût publié", unsaid) % {
            "n": unsaid
        }
        rows.append((_("Coût des engagements"), f"{cost} ({rest})" if unsaid and spent else cost))
    return _rows(rows)


def _heard(balance: Balance) -> Json:
    voices = balance.voices
    head = ngettext("Une voix entendue", "%(n)s voix entendues", voices.said) % {"n": number(voices.said)}
    rows = [(str(words.ORIGINS[origin]).capitalize(), number(n)) for origin, n in voices.by_origin.items()]
    apart = [
        (_("À part : hors du champ"), number(voices.inadmissible)),
        (_("À part : retirées par leur auteur"), number(voices.withdrawn)),
        (_("À part : masquées par la modération"), number(voices.moderated)),
    ]
    ages = ages_of(balance.ages)
    said = [_("Ces voix sont volontaires : elles ne représentent pas toute la population.")]
    lists: Rows = []
    if ages:
        counted = [f"{band} : {n}" for band, n in ages]
        lists = [{"head": _("Par âge, quand il a été dit"), "text": _typed([*counted, ages_method()])}]
    return _part(head, _typed(said), rows=_rows([*rows, *apart]), lists=lists)


def _typed(lines: list[str]) -> Rows:
    return [typo(line) for line in lines]


def _voices(n: int) -> str:
    return ngettext("%(n)s voix", "%(n)s voix", n) % {"n": number(n)}


def _answered(balance: Balance) -> Json:
    owed = [f"{title_of(line.theme)} ({_voices(line.voices)})" for line in balance.answering.owed]
    lists: Rows = [{"head": _("Sujets sans réponse"), "text": _typed(owed)}] if owed else []
    return _part(_("Ce qui a été répondu"), [], rows=_rows(numbers_of(balance.answering)), lists=lists)


def _promised(balance: Balance) -> Json:
    rows = [
        (
            title_of(promise.record),
            label_of(promise.standing, promise.due) or words.state_word(promise.standing, "commitment"),
        )
        for promise in balance.promises
    ]
    return _part(tally_title(balance), [], rows=_rows(rows), head_row=[_("Engagement"), _("Où il en est")])


def _short(balance: Balance) -> Json:
    lists: Rows = []
    for promise in balance.fell_short:
        told = fell_short_of(promise)
        state = label_of(promise.standing, promise.due) or words.state_word(promise.standing, "commitment")
        why = str(told["why"]) or _("Aucun motif n’a été publié à ce jour.")
        when = ". ".join(part for part in (told["service"], promised(promise.due)) if part)
        lists.append({"head": typo(f"{told['title']} : {state}"), "text": _typed([f"{when}.", why])})
    unheard = unheard_of(balance)
    if not lists and not unheard:
        unheard = [
            _("Rien à ce jour : aucun engagement en retard, rompu ou retiré, aucune réponse en retard.")
        ]
    return _part(_("Ce que nous n’avons pas su faire"), _typed(unheard), lists=lists)
