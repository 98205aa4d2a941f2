"""Nobody answered for as long as a step waits: the conversation goes on elsewhere, or ends without a word."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from civics.reach.engine import fall_silent
from democratic.kernel.clock import Clock
from democratic.kernel.limits import keyed_hash
from democratic.messaging.models import Correspondent
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.running import see_off, stand
from democratic.participation.conversations.speaking import said_in, standing_of
from democratic.participation.conversations.states import RunState


def notice_silences(clock: Clock, *, limit: int = 200) -> int:
    """Each run that waited for as long as its step does, in a transaction of its own. How many."""
    now = clock.now()
    due = FlowRun.objects.filter(state=RunState.OPEN, due_at__lte=now).order_by("due_at", "pk")
    waiting = list(due.values_list("pk", "correspondent")[:limit])
    return sum(_look_at(pk, her, now) for pk, her in waiting)


@transaction.atomic
def _look_at(pk: UUID, her: UUID | None, now: datetime) -> bool:
    """She is locked before her run, as by what hears her. Who is being heard is silent no more: her turn comes later."""
    free = Correspondent.objects.select_for_update(of=("self",), skip_locked=True)
    if her is not None and free.filter(pk=her).first() is None:
        return False
    runs = FlowRun.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "correspondent__authority", "correspondent__person", "revision__flow__process__record__authority"
    )
    run = runs.filter(pk=pk, correspondent=her, state=RunState.OPEN, due_at__lte=now).first()
    if run is not None:
        _notice_silence(run, now)
    return run is not None


def _notice_silence(run: FlowRun, now: datetime) -> None:
    said = said_in(run.revision, run.language, run.kind)
    turn = fall_silent(said.flow, said.speaker, standing_of(run))
    stand(run, said, turn, now)
    if turn.is_over:
        run.state = RunState.SILENT
    run.save()
    her = run.correspondent
    if her is None:
        return
    if turn.is_over:
        see_off(run, her)
    elif turn.says:
        tell(
            her, turn.says, Errand(f"silence:{keyed_hash(run.pk.hex, run.step)[:24]}", is_first=True), now=now
        )
