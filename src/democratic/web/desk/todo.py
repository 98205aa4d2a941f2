"""What waits for the person at the desk: each line one step from its act."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.models import Official
from democratic.participation.answers.models import Answer
from democratic.participation.obligations.models import Obligation
from democratic.participation.reports.desk import drafts_to_sign
from democratic.participation.reports.desk_day import (
    Waiting,
    mandates_in_hand,
    meetings_to_report,
    waiting_work,
)
from democratic.participation.reports.officials import owed_by_process_of
from democratic.thread.models import Authority, Visibility
from democratic.web.formats import day, number
from democratic.web.places import at
from democratic.web.words import days_late

MOST = 9
SOON = timedelta(days=45)


def official_todo(authority: Authority, office: Official, today: date) -> list[dict[str, Any]]:
    """What she alone can do first, then what is late or due in her name."""
    owed = owed_by_process_of(office, authority, today + SOON)
    late = [each for each in owed if each.first_due_on < today]
    lines = [
        *(_to_sign(answer) for answer in drafts_to_sign(authority, office)),
        *(_late(each, today) for each in late),
        *(_due(each) for each in owed if each not in late),
    ]
    return lines[:MOST]


def _late(owed: Obligation, today: date) -> dict[str, Any]:
    return _line(
        _("Engagement en retard : %(title)s") % {"title": owed.record.title},
        _("%(late)s · %(service)s")
        % {"late": days_late((today - owed.first_due_on).days), "service": owed.service.name},
        _("Ouvrir"),
        f"/bureau/engagements/{owed.record.code}",
    )


def _due(owed: Obligation) -> dict[str, Any]:
    return _line(
        _("Engagement dû : %(title)s") % {"title": owed.record.title},
        _("pour le %(day)s · %(service)s") % {"day": day(owed.due_on), "service": owed.service.name},
        _("Ouvrir"),
        f"/bureau/engagements/{owed.record.code}",
    )


def agent_todo(authority: Authority, now: datetime) -> list[dict[str, Any]]:
    """The nearest to the public first: what only lacks a signature or a click, then what is to be written."""
    return [*_agent_lines(authority, now)][:MOST]


def _agent_lines(authority: Authority, now: datetime) -> Iterator[dict[str, Any]]:
    yield from (_to_have_signed(answer) for answer in drafts_to_sign(authority, None))
    for mandate in mandates_in_hand(authority):
        if mandate.record.visibility == Visibility.DRAFT:
            yield _line(
                _("Publier la commande : %(title)s") % {"title": mandate.record.title},
                _("Brouillon : les agents seuls le voient."),
                _("Relire"),
                f"/bureau/commandes/{mandate.record.code}",
            )
    for meeting in meetings_to_report(authority, now):
        yield _line(
            _("Publier le compte rendu : %(title)s") % {"title": meeting.record.title},
            _("Rencontre du %(day)s") % {"day": day(meeting.starts_at, "weekday")},
            _("Écrire"),
            f"/bureau/rencontres/{meeting.record.code}/compte-rendu",
        )
    for waiting in waiting_work(authority, now):
        yield from _of_process(waiting)


def _of_process(waiting: Waiting) -> Iterator[dict[str, Any]]:
    base = f"/bureau/concertations/{waiting.slug}"
    if waiting.unanswered:
        told = ngettext("Répondre à un sujet", "Répondre à %(n)s sujets", waiting.unanswered)
        yield _line(
            told % {"n": number(waiting.unanswered)}, waiting.title, _("Répondre"), f"{base}/reponses"
        )
    if waiting.ungrouped:
        told = ngettext(
            "Rapprocher une parole d’un sujet", "Rapprocher %(n)s paroles d’un sujet", waiting.ungrouped
        )
        yield _line(told % {"n": number(waiting.ungrouped)}, waiting.title, _("Rapprocher"), f"{base}/sujets")


def _to_sign(answer: Answer) -> dict[str, Any]:
    return _line(
        _("Signer la réponse : %(about)s") % {"about": answer.subject.title},
        _("%(verdict)s. Rédigée, à lire avant de signer.") % {"verdict": answer.get_verdict_display()},
        _("Lire et signer"),
        f"/bureau/reponses/{answer.record.code}",
    )


def _to_have_signed(answer: Answer) -> dict[str, Any]:
    return _line(
        _("Faire signer la réponse : %(about)s") % {"about": answer.subject.title},
        _("%(verdict)s. %(name)s doit la signer.")
        % {"verdict": answer.get_verdict_display(), "name": answer.signer.name},
        _("Ouvrir"),
        f"/bureau/reponses/{answer.record.code}",
    )


def _line(title: str, meta: str, verb: str, path: str) -> dict[str, Any]:
    return {"title": title, "meta": meta, "verb": verb, "url": at(path)}


def greeting(name: str, count: int) -> str:
    """« Bonjour Nathalie. Trois choses à faire. »"""
    told = {
        0: _("Rien ne presse."),
        1: _("Une chose à faire."),
        2: _("Deux choses à faire."),
        3: _("Trois choses à faire."),
        4: _("Quatre choses à faire."),
        5: _("Cinq choses à faire."),
        6: _("Six choses à faire."),
    }.get(count) or _("%(n)s choses à faire.") % {"n": number(count)}
    return _("Bonjour %(name)s. %(told)s") % {"name": name, "told": told} if name else told
