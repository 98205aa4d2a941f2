"""A pile gets a number; while nothing of it is counted, it may be thrown away and entered anew."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.paper.days import said_at
from democratic.participation.paper.models import PaperBatch
from democratic.participation.paper.reader import MOST_PAGES
from democratic.participation.paper.states import NEXT, BatchState
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import is_open, refuse_unless_published
from democratic.participation.processes.tool import Act
from democratic.people.models import Person

MOST_SHEETS = MOST_PAGES  # a pile is one scan


@dataclass(frozen=True, slots=True)
class NewBatch:
    """``is_checked``: entered by two people; a question's always is."""

    name: str
    gathered_on: date
    poll: Poll | None = None
    is_checked: bool = True


@transaction.atomic
def open_batch(*, process: Process, new: NewBatch, by: Person, function: str, clock: Clock) -> PaperBatch:
    refuse_unless_published(process)
    now, name = clock.now(), clean_line(new.name)[:40]
    if not name:
        raise Refusal(_("Donnez un numéro au lot : il se lit sur la liasse."), field="name")
    if new.gathered_on > local_day(now, process.authority.time_zone):
        raise Refusal(
            _("Ces feuilles ne peuvent pas être remplies demain : vérifiez la date."), field="gathered_on"
        )
    if not is_open(process.pk, Act.SUBMIT_IDEA, min(said_at(process, new.gathered_on), now)):
        raise Conflict(
            _("Ce jour-là, la concertation n’écoutait pas : vérifiez la date."), field="gathered_on"
        )
    try:
        with transaction.atomic():
            return PaperBatch.objects.create(
                process=process,
                poll=new.poll,
                name=name,
                gathered_on=new.gathered_on,
                is_checked=new.is_checked or new.poll is not None,
                entered_by=by,
                entered_function=clean_line(function)[:200],
                opened_at=now,
            )
    except IntegrityError as clash:
        if "one_paper_batch_per_name" not in str(clash):
            raise
        raise Conflict(_("Ce lot existe déjà. Vérifiez son numéro."), field="name") from clash


def locked(batch: PaperBatch, *states: BatchState) -> PaperBatch:
    """Under its lock, in one of these states. Conflict."""
    rows = PaperBatch.objects.select_for_update(of=("self",))
    found = rows.select_related("process__record__authority", "poll").filter(pk=batch.pk).first()
    if found is None:
        raise Conflict(_("Ce lot n’est plus là : quelqu’un l’a jeté."))
    if BatchState(found.state) not in states:
        raise Conflict(
            _("Ce lot a changé entre-temps : il est maintenant « %(state)s ». Rechargez la page.")
            % {"state": BatchState(found.state).label}
        )
    return found


def move(batch: PaperBatch, state: BatchState) -> None:
    if state not in NEXT[BatchState(batch.state)]:
        raise ValueError(f"{batch.state} does not become {state}")
    batch.state = state
    batch.save(update_fields=["state"])


def refuse_unless_first(batch: PaperBatch, by: Person) -> None:
    if batch.entered_by_id != by.pk:
        raise NotAllowed(
            _("Une autre personne saisit ce lot : vous pourrez le ressaisir quand elle aura fini.")
        )


@transaction.atomic
def drop_batch(*, batch: PaperBatch) -> None:
    """With its rows and its scans; its sheets may be entered again."""
    found = locked(batch, BatchState.OPEN, BatchState.ENTERED, BatchState.DIFFERS)
    found.delete()
