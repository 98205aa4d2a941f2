"""An *avis*: written in versions at home, with what some see otherwise; public, whole, on the day it is adopted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.disclosure.counts import from_least
from democratic.communities.houses.actions import Held, count_adoption, hold, open_adoption
from democratic.communities.houses.counts import counts_told
from democratic.communities.houses.models import House, HouseMember, Way
from democratic.communities.houses.queries import charter_in_force
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.houses.events import OPINION_ADOPTED
from democratic.participation.houses.models import MinorityView, MinorityVoice, Opinion, OpinionPoint
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    link,
    open_record,
    reword_record,
    set_state,
)
from democratic.thread.actions.records import bump_pages_of, index_words
from democratic.thread.models import Kind, LinkKind, Record, Visibility

MOST_POINTS, LONGEST_POINT, LONGEST_VIEW = 12, 1000, 3000


@dataclass(frozen=True, slots=True)
class OpinionText:
    """``points``: what is asked, one by one, as each will be answered by itself."""

    words: Words
    points: Sequence[str]


@transaction.atomic
def draft_opinion(*, house: House, text: OpinionText, clock: Clock) -> Opinion:
    held = hold(house, clock)
    points = _checked(text)
    record = open_record(
        NewRecord(
            authority=held.record.authority,
            kind=Kind.OPINION,
            words=text.words,
            event=OPINION_ADOPTED,
            state=Opinion.State.DRAFT,
            visibility=Visibility.DRAFT,
        ),
        clock=clock,
    )
    opinion = Opinion.objects.create(record=record, house=held.house)
    _keep(opinion, points)
    return opinion


@transaction.atomic
def write_opinion(*, opinion: Opinion, text: OpinionText, version: int, clock: Clock) -> Opinion:
    """One version more. ``version``: the one that was read; another's changes are never written over."""
    hold(opinion.house, clock)
    points, locked = _checked(text), _locked(opinion)
    if locked.state not in (Opinion.State.DRAFT, Opinion.State.REFUSED):
        raise Conflict(_("Ses mots ne changent plus : il est proposé aux membres, ou adopté."))
    if locked.version != version:
        raise Conflict(
            _("Quelqu’un l’a changé entre-temps. La dernière version est à relire ; ce texte-ci est gardé.")
        )
    reword_record(record=locked.record, words=text.words, clock=clock)
    locked.version, locked.state, locked.adoption = locked.version + 1, Opinion.State.DRAFT, None
    locked.save(update_fields=["version", "state", "adoption"])
    _keep(locked, points)
    return locked


def _checked(text: OpinionText) -> list[str]:
    points = [each for each in (clean_text(point) for point in text.points) if each]
    if not clean_line(text.words.title):
        raise Refusal(_("Donnez un titre."), field="title")
    if not points:
        raise Refusal(_("Il faut au moins une demande : chacune recevra sa réponse."), field="points")
    if len(points) > MOST_POINTS or any(len(point) > LONGEST_POINT for point in points):
        raise Refusal(_("Douze demandes au plus, de mille signes au plus."), field="points")
    return points


def _keep(opinion: Opinion, points: Sequence[str]) -> None:
    OpinionPoint.objects.bulk_create(
        OpinionPoint(opinion=opinion, version=opinion.version, rank=rank, text=text)
        for rank, text in enumerate(points, start=1)
    )


@transaction.atomic
def add_minority_view(*, opinion: Opinion, member: HouseMember, text: str, clock: Clock) -> MinorityView:
    """What some see otherwise; that it was she who wrote it is not kept, only that she holds it."""
    hold(opinion.house, clock)
    said = clean_text(text)
    if not said:
        raise Refusal(_("Il manque ce qui est vu autrement."), field="text")
    if len(said) > LONGEST_VIEW:
        raise Refusal(_("Trois mille signes au plus."), field="text")
    view = MinorityView.objects.create(opinion=_open(opinion), text=said)
    MinorityVoice.objects.create(view=view, member=member)
    return view


@transaction.atomic
def hold_minority_view(*, view: MinorityView, member: HouseMember, holds: bool) -> None:
    """A view that nobody holds any more is gone: nobody's words are published without someone."""
    _open(view.opinion)
    if holds:
        MinorityVoice.objects.get_or_create(view=view, member=member)
        return
    MinorityVoice.objects.filter(view=view, member=member).delete()
    if not view.voices.exists():
        view.delete()


def _open(opinion: Opinion) -> Opinion:
    locked = _locked(opinion)
    if locked.state == Opinion.State.ADOPTED:
        raise Conflict(_("Cet avis est adopté : il ne change plus."))
    return locked


@transaction.atomic
def propose_opinion(*, opinion: Opinion, closes_on: date, clock: Clock) -> Opinion:
    """To all members, in the way that the charter says."""
    held, locked = hold(opinion.house, clock), _locked(opinion)
    if locked.state != Opinion.State.DRAFT:
        raise Conflict(_("Cet avis est déjà proposé, ou déjà compté."))
    charter = charter_in_force(held.house)
    way = Way(charter.way) if charter else Way.VOTE
    locked.adoption = open_adoption(held, way=way, closes_on=closes_on)
    locked.state = Opinion.State.ASKED
    locked.save(update_fields=["adoption", "state"])
    return locked


@transaction.atomic
def count_opinion(*, opinion: Opinion, clock: Clock) -> Opinion:
    held, locked = hold(opinion.house, clock), _locked(opinion)
    if locked.state != Opinion.State.ASKED or locked.adoption is None:
        raise Conflict(_("Cet avis n’est pas proposé aux membres."))
    locked.adoption = count_adoption(held, locked.adoption)
    locked.state = Opinion.State.ADOPTED if locked.adoption.is_adopted else Opinion.State.REFUSED
    locked.adopted_on = held.today if locked.adoption.is_adopted else None
    locked.save(update_fields=["state", "adopted_on"])
    set_state(locked.record, locked.state)
    if locked.adoption.is_adopted:
        _publish(held, locked)
    return locked


def _publish(held: Held, opinion: Opinion) -> None:
    record, adoption, charter = opinion.record, opinion.adoption, charter_in_force(held.house)
    byline = held.house.organisation.name[:120]
    Record.objects.filter(pk=record.pk).update(
        visibility=Visibility.PUBLIC, happened_at=held.now, byline=byline
    )
    index_words(record, Words(title=record.title, text=record.text))
    views = _settle_views(opinion)
    entry = append_entry(
        OPINION_ADOPTED,
        record=record,
        now=held.now,
        data={
            "kind": record.kind,
            "state": opinion.state,
            "version": opinion.version,
            "way": adoption.way if adoption else "",
            "counts": counts_told(adoption) if adoption else {},
            "binds": bool(charter and charter.votes_bind),
        },
        words={
            "title": str(record.title),
            "text": str(record.text),
            "byline": byline,
            "points": list(opinion.points.filter(version=opinion.version).values_list("text", flat=True)),
            "minority": [view.text for view in views] or None,
        },
    )
    link(source=record, kind=LinkKind.SPOKEN_FOR, target=held.record, entry=entry)
    bump_pages_of(record)


def _settle_views(opinion: Opinion) -> list[MinorityView]:
    """How many hold each is counted once, told from five on, and who they are is forgotten."""
    views = list(opinion.minority_views.order_by("pk"))
    for view in views:
        MinorityView.objects.filter(pk=view.pk).update(voices_told=from_least(view.voices.count()))
        view.voices.all().delete()
    return views


def _locked(opinion: Opinion) -> Opinion:
    rows = Opinion.objects.select_for_update(of=("self",)).select_related(
        "record__wording", "record__authority", "house__organisation", "adoption"
    )
    return rows.get(pk=opinion.pk)
