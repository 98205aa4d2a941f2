"""« Ce qui est demandé »: a political order, with what it promises and where it leads."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.mandates.models import Level, Mandate
from democratic.participation.mandates.queries import get_mandate_for, list_mandates
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import dues_by_process, processes_of
from democratic.participation.reports.home import title_of
from democratic.thread.models import Kind
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.formats import day, euros
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, official_path, process_path, record_path
from democratic.web.processes.paging import Paging, pager
from democratic.web.processes.phrases import near, promise_state
from democratic.web.sentences import tell, together


def build_mandate_page(viewer: Viewer, code: str, today: date) -> Main:
    """Raises RecordNotFound."""
    mandate = get_mandate_for(viewer, code)
    record = mandate.record
    processes = processes_of(viewer, mandate)
    dues = dues_by_process([process.pk for process in processes], today)
    title, text = title_of(record), record.wording.text if record.wording else ""
    context = {
        "prefix": at(""),
        "mandate": mandate,
        "title": title,
        "text": text,
        "withdrawal": getattr(record, "withdrawal", None),
        "trail": [(_("Ce qui est demandé"), at("/commandes")), (title, "")],
        "decidable": record.spoken(mandate.decidable),
        "not_decidable": record.spoken(mandate.not_decidable),
        "facts": _facts(mandate),
        "levels": Level.choices,
        "level": mandate.level,
        "answers": [_answer(process, dues[process.pk].get(Owed.ANSWER), today) for process in processes],
        "due_on": near(mandate.answer_due_on, today),
        "is_past": today > mandate.answer_due_on,
        "fil_url": fil_path(record.code),
        "code": record.code,
    }
    return Main("web/processes/mandate.html", context, title, text[:160], "participate")


def _facts(mandate: Mandate) -> list[tuple[str, str, str]]:
    ordered = _("le %(day)s") % {"day": day(mandate.ordered_on)}
    facts = [
        (_("Commandé par"), mandate.ordered_by, together(", ", ordered, mandate.record.spoken(mandate.vote))),
        (_("Pour qui"), mandate.record.spoken(mandate.aimed_at), ""),
        (_("Qui répond"), _answerer(mandate), mandate.answerer.function),
        (_("Qui s’en charge"), mandate.service.name, ""),
    ]
    budget = euros(mandate.budget_cents) if mandate.budget_cents is not None else _("non précisé")
    return [*facts, (_("Budget"), budget, "")]


def _answerer(mandate: Mandate) -> SafeString:
    return format_html('<a href="{}">{}</a>', official_path(mandate.answerer_id), mandate.answerer.name)


def _answer(process: Process, due: Due | None, today: date) -> dict[str, object]:
    """The political answer as this process owes it: first promise, what was put off and why."""
    state, sentence = promise_state(due, today)
    return {
        "title": title_of(process.record),
        "url": process_path(process.slug),
        "state": state,
        "sentence": sentence,
        "put_off": _put_off(due, today) if due else [],
    }


def _put_off(due: Due, today: date) -> list[str]:
    return [
        tell(
            _("Le %(day)s, repoussée du %(old)s au %(new)s. Motif : %(reason)s"),
            day=near(each.postponed_on, today),
            old=near(each.previous_on, today),
            new=near(each.new_on, today),
            reason=each.reason,
        )
        for each in due.postponements
    ]


def build_mandate_list(viewer: Viewer, paging: Paging, today: date) -> Main:
    mandates, total = list_mandates(viewer, offset=paging.offset, limit=paging.size)
    context = {
        "prefix": at(""),
        "trail": [(_("Ce qui est demandé"), "")],
        "rows": [_row(mandate, today) for mandate in mandates],
        "total": total,
        "pager": pager(paging, len(mandates), total, at("/commandes")),
        "empty": _nothing_asked(),
    }
    feeds = feeds_of("/commandes")
    return Main(
        "web/processes/mandates.html", context, _("Ce qui est demandé"), section="participate", feeds=feeds
    )


def _row(mandate: Mandate, today: date) -> dict[str, object]:
    withdrawn = hasattr(mandate.record, "withdrawal")
    n = mandate.process_count  # type: ignore[attr-defined]  # annotated by the query
    meta: Sequence[str] = (
        _("%(who)s, %(day)s") % {"who": mandate.ordered_by, "day": day(mandate.ordered_on)},
        _("réponse pour le %(day)s") % {"day": near(mandate.answer_due_on, today)},
        ngettext("%(n)d concertation", "%(n)d concertations", n) % {"n": n},
    )
    return {
        "origin": mandate.record.origin,
        "title": title_of(mandate.record),
        "url": record_path(Kind.MANDATE, mandate.record.code),
        "meta": " · ".join(meta),
        "state": "withdrawn" if withdrawn else "",
        "of": "answer",
    }


def _nothing_asked() -> dict[str, object]:
    return {
        "what": _("Aucune commande n’est encore publiée"),
        "why": _(
            "Une commande dit ce que l’assemblée demande, ce qui peut changer et qui répond, avant quand."
        ),
        "who": _("La collectivité publie la première ; elle apparaîtra ici le jour même."),
        "action": (_("Comment ça marche"), at("/comment-ca-marche")),
    }
