"""The mails that a service receives about the answers that it prepares. Nothing of them is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from democratic.communities.models import Service
from democratic.kernel.days import day_in_words
from democratic.participation.processes.models import Process
from democratic.thread.addresses import public_url

MOST_NAMED = 30  # in one mail: the page says them all


@dataclass(frozen=True, slots=True)
class Text:
    subject: str
    body: str


def assigned_text(
    process: Process, service: Service, titles: Sequence[str], due_on: date, reason: str, language: str
) -> Text:
    """``reason``: why it changed hands or its day; empty for what nobody had."""
    with override(language):
        n = len(titles)
        subject = ngettext(
            "%(service)s : un sujet à préparer pour le %(day)s",
            "%(service)s : %(n)s sujets à préparer pour le %(day)s",
            n,
        ) % {"service": service.name, "n": n, "day": day_in_words(due_on)}
        told = [
            _("« %(title)s » : votre service prépare la réponse à ce qui suit.")
            % {"title": process.record.title},
            _named(titles),
            _("Votre page, avec la feuille à remplir si vous préférez : %(url)s")
            % {"url": _url(process, service, language)},
            _(
                "Ce que vous écrivez est un brouillon : rien n’est public avant la signature de la personne qui répond."
            ),
        ]
        if reason:
            told.insert(2, _("Ce qui a changé : %(reason)s") % {"reason": reason})
        return Text(subject, "\n\n".join(told))


def taken_text(process: Process, service: Service, titles: Sequence[str], reason: str, language: str) -> Text:
    with override(language):
        n = len(titles)
        subject = ngettext(
            "%(service)s : un sujet n’est plus à préparer",
            "%(service)s : %(n)s sujets ne sont plus à préparer",
            n,
        ) % {"service": service.name, "n": n}
        told = [
            _("« %(title)s » : votre service n’a plus à préparer la réponse à ce qui suit.")
            % {"title": process.record.title},
            _named(titles),
            _("La raison : %(reason)s") % {"reason": reason},
        ]
        return Text(subject, "\n\n".join(told))


def _named(titles: Sequence[str]) -> str:
    lines = [f"– {title}" for title in titles[:MOST_NAMED]]
    if (left := len(titles) - MOST_NAMED) > 0:
        lines.append(ngettext("– et un autre", "– et %(n)s autres", left) % {"n": left})
    return "\n".join(lines)


def _url(process: Process, service: Service, language: str) -> str:
    path = f"/bureau/concertations/{process.slug}/reponses?service={service.pk}"
    return public_url(process.authority, path, language)
