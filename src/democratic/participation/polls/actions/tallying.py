"""What was answered on paper or by hand in a room: entered by one agent, verified by another."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.polls import locks
from democratic.participation.polls.counting import publish_count
from democratic.participation.polls.models import Poll, PollTally
from democratic.participation.polls.states import PollState, state_of
from democratic.people.models import Person
from democratic.thread.models import Origin

BY_HAND = (Origin.PAPER, Origin.ROOM, Origin.STREET, Origin.PHONE)
MOST_ANSWERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """A pile of papers, a room's hands: ``counts`` by the rank of each option."""

    origin: Origin
    name: str
    counts: Mapping[int, int]


@transaction.atomic
def enter_tally(*, poll: Poll, batch: Batch, by: Person, function: str, clock: Clock) -> PollTally:
    """It counts for nothing until someone else has verified it."""
    locks.share(poll.pk)
    now = clock.now()
    current = Poll.objects.select_related("stage").get(pk=poll.pk)
    if state_of(current, now) not in (PollState.OPEN, PollState.CLOSED):
        raise Conflict(_("Cette question n’est pas ouverte : rien ne s’y compte encore."))
    name = clean_line(batch.name)[:40]
    if not name:
        raise Refusal(_("Donnez un numéro au lot : il se lit sur la liasse."), field="batch")
    if batch.origin not in BY_HAND:
        raise Refusal(_("Dites d’où viennent ces réponses."), field="origin")
    counts = {rank: n for rank, n in batch.counts.items() if n}
    ranks = set(current.options.values_list("rank", flat=True))
    if not counts or not set(counts) <= ranks or not all(0 < n <= MOST_ANSWERS for n in counts.values()):
        raise Refusal(_("Écrivez combien de réponses a reçues chaque choix."), field=None)
    try:
        with transaction.atomic():
            return PollTally.objects.create(
                poll=current,
                origin=batch.origin,
                batch=name,
                counts=_kept(counts),
                total=sum(counts.values()),
                entered_by=by,
                entered_function=clean_line(function)[:200],
                entered_at=now,
            )
    except IntegrityError as clash:
        if "one_tally_per_batch" not in str(clash):
            raise
        raise Conflict(_("Ce lot est déjà saisi. Vérifiez son numéro."), field="batch") from clash


def _kept(counts: Mapping[int, int]) -> dict[str, int]:
    return {str(rank): n for rank, n in sorted(counts.items()) if n}


@transaction.atomic
def verify_tally(
    *, tally: PollTally, counts: Mapping[int, int], by: Person, function: str, clock: Clock
) -> None:
    """Someone else counted it again, and found the same: from then on it is in the total. Twice is once."""
    locks.hold_alone(tally.poll_id)
    now = clock.now()
    locked = PollTally.objects.select_for_update().get(pk=tally.pk)
    if locked.verified_at is not None:
        return
    if locked.entered_by_id == by.pk:
        raise NotAllowed(_("Une autre personne que vous doit recompter ce lot, puis le vérifier ici."))
    if _kept(counts) != locked.counts:
        raise Conflict(
            _(
                "Vous ne trouvez pas les mêmes nombres que la première personne. Recomptez ensemble : un lot mal saisi"
                " s’efface, et se saisit de nouveau."
            )
        )
    locked.verified_by, locked.verified_at = by, now
    locked.verified_function = clean_line(function)[:200]
    locked.save(update_fields=["verified_by", "verified_at", "verified_function"])
    poll = Poll.objects.select_related("stage", "record__authority").get(pk=locked.poll_id)
    if poll.closed_at is not None:
        publish_count(poll, now=now, is_final=True)


@transaction.atomic
def drop_tally(*, tally: PollTally) -> None:
    """A batch typed wrong, before it was verified: it is typed again."""
    deleted, _rows = PollTally.objects.filter(pk=tally.pk, verified_at=None).delete()
    if not deleted:
        raise Conflict(_("Ce lot est vérifié : il est dans le total, et ne s’efface plus."))
