"""What the top of the list says: how many, what is still owed, and which order is shown."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.participation.ideas.models import IdeaState
from democratic.participation.ideas.queries import IdeasHead
from democratic.thread.queries.facets import Box, Facets
from democratic.thread.queries.ranking import Ranking
from democratic.web import words
from democratic.web.formats import day, number


def _count(boxes: list[Box], value: str) -> int:
    return next((box.everything for box in boxes if box.value == value), 0)


_WITHOUT_ANSWER = (IdeaState.RECEIVED, IdeaState.INADMISSIBLE)
# Listed, and counted elsewhere: a whole in its parts, a part joined back in its whole.
_ELSEWHERE = (IdeaState.SPLIT, IdeaState.REJOINED)


def heading(facets: Facets) -> str:
    """« 412 idées, 399 réponses »: whatever is ticked."""
    n = facets.everything - sum(_count(facets.states, each) for each in _ELSEWHERE)
    waiting = sum(_count(facets.states, each) for each in _WITHOUT_ANSWER)
    told = ngettext("%(n)s idée", "%(n)s idées", n) % {"n": number(n)}
    answered = ngettext("%(n)s réponse", "%(n)s réponses", n - waiting) % {"n": number(n - waiting)}
    return (
        _("%(ideas)s, %(answers)s") % {"ideas": told, "answers": answered} if n else _("Aucune idée encore")
    )


def lead(head: IdeasHead, facets: Facets, today: date) -> str:
    """What is still owed, for when and by whom; lateness is said by itself."""
    missing, outside = (_count(facets.states, each) for each in (IdeaState.RECEIVED, IdeaState.INADMISSIBLE))
    told = []
    if missing and head.answer_due_on and head.answer_first_due_on:
        late = (today - head.answer_first_due_on).days
        if late > 0:
            phrase = ngettext(
                "%(n)s réponse manque. Elle était promise pour le %(day)s : %(late)s.",
                "%(n)s réponses manquent. Elles étaient promises pour le %(day)s : %(late)s.",
                missing,
            )
        else:
            phrase = ngettext(
                "La réponse qui manque est promise avant le %(day)s, par %(who)s.",
                "Les %(n)s réponses qui manquent sont promises avant le %(day)s, par %(who)s.",
                missing,
            )
        due = head.answer_first_due_on if late > 0 else head.answer_due_on
        values = {"n": number(missing), "day": day(due), "who": head.answerer}
        told.append(phrase % {**values, "late": words.days_late(late)})
    if outside:
        phrase = ngettext(
            "%(n)s idée est hors du champ, avec sa raison.",
            "%(n)s idées sont hors du champ, chacune avec sa raison.",
            outside,
        )
        told.append(phrase % {"n": number(outside)})
    if split := _count(facets.states, IdeaState.SPLIT):
        phrase = ngettext(
            "%(n)s idée est scindée : ce sont ses parts qui sont comptées.",
            "%(n)s idées sont scindées : ce sont leurs parts qui sont comptées.",
            split,
        )
        told.append(phrase % {"n": number(split)})
    return " ".join(told)


def ranking_line(ranking: Ranking, drawn_on: date) -> str:
    if ranking == Ranking.VOICES:
        return _("Les plus soutenues d’abord. Les votes importés sont montrés à part, et ne classent pas.")
    if ranking == Ranking.NEWEST:
        return _("Les dernières dites d’abord.")
    return _(
        "Tirées au sort pour la journée du %(day)s, dans le même ordre pour tout le monde :"
        " l’empreinte MD5 de la date et du code de chaque idée."
    ) % {"day": day(drawn_on)}
