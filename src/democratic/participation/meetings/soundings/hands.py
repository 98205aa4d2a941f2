"""Raised hands and papers: counted by one person, counted again by another, and only then in the total."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.soundings.voices import POSITIONS
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.soundings.asking import locked
from democratic.participation.meetings.soundings.counting import publish_count
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingKind
from democratic.people.models import Person

COUNTED_BY_HAND = (SoundingKind.SINGLE, SoundingKind.MULTIPLE, SoundingKind.SCALE, SoundingKind.CONSENT)
MOST_PEOPLE = 100_000


def ranks_of(sounding: Sounding) -> list[int]:
    """What may be counted: the ranks of its options, the places of its scale, the positions of consent."""
    if sounding.kind == SoundingKind.SCALE:
        return list(range(1, sounding.most + 1))
    if sounding.kind == SoundingKind.CONSENT:
        return list(range(1, len(POSITIONS) + 1))
    return [option.rank for option in sounding.options.all()]


@transaction.atomic
def enter_count(
    *,
    sounding: Sounding,
    by: SoundingCount.By,
    counts: Mapping[int, int],
    entered_by: Person,
    clock: Clock,
    people: int = 0,
) -> SoundingCount:
    """Of who did not vote otherwise. ``people``: of several choices, how many raised a hand or gave a paper."""
    found = locked(sounding.pk)
    if found.opened_at is None:
        raise Conflict(_("Ce vote n’est pas ouvert : rien ne s’y compte encore."))
    if found.counts.filter(by=by).exists():
        raise Conflict(_("Quelqu’un vient de saisir ce comptage : recomptez-le, ou effacez-le d’abord."))
    return SoundingCount.objects.create(
        sounding=found,
        by=by,
        counts=_checked(found, counts, people),
        total=_people(found, counts, people),
        entered_by=entered_by,
        entered_at=clock.now(),
    )


def _checked(sounding: Sounding, counts: Mapping[int, int], people: int) -> dict[str, int]:
    if sounding.kind not in COUNTED_BY_HAND:
        raise Refusal(_("Un classement ou des mots ne se comptent pas à mains levées."), field=None)
    kept = {str(rank): n for rank, n in sorted(counts.items()) if n}
    ranks = {str(rank) for rank in ranks_of(sounding)}
    if not kept or not set(kept) <= ranks or not all(0 < n <= MOST_PEOPLE for n in kept.values()):
        raise Refusal(_("Écrivez combien de personnes ont choisi chaque réponse."), field=None)
    if sounding.kind == SoundingKind.MULTIPLE and not _holds(sounding, kept, people):
        raise Refusal(
            _("Le nombre de personnes ne va pas avec ce qu’elles ont choisi : vérifiez-le."), field="people"
        )
    return kept


def _holds(sounding: Sounding, kept: Mapping[str, int], people: int) -> bool:
    """Each person chose one thing at least, none twice, and no more than was asked."""
    return (
        max(kept.values()) <= people <= MOST_PEOPLE and people <= sum(kept.values()) <= people * sounding.most
    )


def _people(sounding: Sounding, counts: Mapping[int, int], people: int) -> int:
    return people if sounding.kind == SoundingKind.MULTIPLE else sum(counts.values())


@transaction.atomic
def verify_count(
    *, count: SoundingCount, counts: Mapping[int, int], by: Person, clock: Clock, people: int = 0
) -> None:
    """Someone else counted again and found the same. After the closing the total is told anew. Twice is once."""
    found = locked(count.sounding_id)
    now = clock.now()
    entered = SoundingCount.objects.select_for_update().get(pk=count.pk)
    if entered.verified_at is not None:
        return
    if entered.entered_by_id == by.pk:
        raise NotAllowed(_("Une autre personne que vous doit recompter, puis le vérifier ici."))
    again = (_checked(found, counts, people), _people(found, counts, people))
    if again != (entered.counts, entered.total):
        raise Conflict(
            _(
                "Vous ne trouvez pas les mêmes nombres que la première personne. Recomptez ensemble : un comptage mal"
                " saisi s’efface, et se saisit de nouveau."
            )
        )
    SoundingCount.objects.filter(pk=entered.pk).update(verified_by=by, verified_at=now)
    touch(found.meeting_id, Topic.SOUNDING)
    if found.closed_at is not None:
        publish_count(found, now=now)


@transaction.atomic
def drop_count(*, count_id: UUID) -> None:
    """Typed wrong, before it was verified."""
    deleted, _rows = SoundingCount.objects.filter(pk=count_id, verified_at=None).delete()
    if not deleted:
        raise Conflict(_("Ce comptage est vérifié : il est dans le total, et ne s’efface plus."))
