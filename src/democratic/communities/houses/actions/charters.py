"""The charter: written by members, in versions, and in force once they said yes to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions.adopting import count_adoption, open_adoption
from democratic.communities.houses.actions.locking import Held, hold
from democratic.communities.houses.counts import counts_told
from democratic.communities.houses.events import CHARTER_ADOPTED, CHARTER_REFUSED
from democratic.communities.houses.models import (
    Charter,
    CharterArticle,
    House,
    Right,
    RightStep,
    Way,
)
from democratic.communities.houses.queries import charter_being_written
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of

MOST_ARTICLES, LONGEST_ARTICLE = 20, 2000


@dataclass(frozen=True, slots=True)
class CharterText:
    """``articles``: (title, text). ``steps``: the first day without each of the facilitators' rights."""

    articles: Sequence[tuple[str, str]]
    way: Way = Way.VOTE
    role_months: int = 3
    turns: Charter.Turns = Charter.Turns.ROTATING
    votes_bind: bool = False
    steps: Mapping[Right, date] = field(default_factory=dict)
    language: str = "fr"


@transaction.atomic
def write_charter(*, house: House, text: CharterText, clock: Clock) -> Charter:
    """The one draft there is, or the next version's. Proposed, it changes no more until it is counted."""
    held = hold(house, clock)
    said = _articles(text)
    charter = charter_being_written(held.house)
    if charter is not None and charter.state == Charter.State.ASKED:
        raise Conflict(_("Cette version est proposée aux membres : elle doit d’abord être comptée."))
    if charter is None:
        last = held.house.charters.order_by("-version").values_list("version", flat=True).first() or 0
        charter = Charter(house=held.house, version=last + 1)
    charter.way, charter.turns, charter.language = text.way, text.turns, text.language
    charter.role_months, charter.votes_bind = text.role_months, text.votes_bind
    charter.save()
    charter.articles.all().delete()
    charter.steps.all().delete()
    CharterArticle.objects.bulk_create(
        CharterArticle(charter=charter, rank=rank, title=title, text=words)
        for rank, (title, words) in enumerate(said, start=1)
    )
    RightStep.objects.bulk_create(
        RightStep(charter=charter, right=right, ends_on=ends_on) for right, ends_on in text.steps.items()
    )
    return charter


def _articles(text: CharterText) -> list[tuple[str, str]]:
    said = [(clean_line(title)[:120], clean_text(words)) for title, words in text.articles]
    said = [(title, words) for title, words in said if title or words]
    if not said:
        raise Refusal(_("Il faut au moins un article."), field="articles")
    if len(said) > MOST_ARTICLES or any(len(words) > LONGEST_ARTICLE for _title, words in said):
        raise Refusal(_("Vingt articles au plus, de deux mille signes au plus."), field="articles")
    return said


@transaction.atomic
def propose_charter(*, house: House, closes_on: date, clock: Clock) -> Charter:
    """To all members: from now on its words stand still."""
    held = hold(house, clock)
    charter = charter_being_written(held.house)
    if charter is None or charter.state != Charter.State.DRAFT:
        raise Conflict(_("Aucun projet de charte n’attend d’être proposé."))
    charter.adoption = open_adoption(held, way=Way(charter.way), closes_on=closes_on)
    charter.state = Charter.State.ASKED
    charter.save(update_fields=["adoption", "state"])
    return charter


@transaction.atomic
def count_charter(*, house: House, clock: Clock) -> Charter:
    """In force from today, or not adopted; both are public, with their counts from five voices on."""
    held = hold(house, clock)
    charter = charter_being_written(held.house)
    if charter is None or charter.adoption is None:
        raise Conflict(_("Aucune charte n’est proposée aux membres."))
    charter.adoption = count_adoption(held, charter.adoption)
    if charter.adoption.is_adopted:
        held.house.charters.filter(state=Charter.State.IN_FORCE).update(state=Charter.State.REPLACED)
        charter.state, charter.since = Charter.State.IN_FORCE, held.today
    else:
        charter.state = Charter.State.REFUSED
    charter.save(update_fields=["state", "since"])
    _tell(held, charter)
    return charter


def _tell(held: Held, charter: Charter) -> None:
    adoption = charter.adoption
    data = {
        "version": charter.version,
        "way": charter.way,
        "counts": counts_told(adoption) if adoption else {},
    }
    if charter.state == Charter.State.REFUSED:
        append_entry(CHARTER_REFUSED, record=held.record, now=held.now, data=data)
    else:
        data |= {
            "role_months": charter.role_months,
            "turns": charter.turns,
            "votes_bind": charter.votes_bind,
            "steps": [
                {"right": step.right, "ends_on": step.ends_on.isoformat()} for step in charter.steps.all()
            ],
        }
        articles = [{"title": each.title, "text": each.text} for each in charter.articles.all()]
        append_entry(
            CHARTER_ADOPTED, record=held.record, now=held.now, data=data, words={"articles": articles}
        )
    bump_pages_of(held.record)
