"""Nobody answered for as long as a step waits: the conversation goes on elsewhere, or ends without a word."""

from datetime import datetime

from civics.reach.engine import fall_silent
from democratic.kernel.clock import Clock
from democratic.kernel.limits import keyed_hash
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations.models import FlowRun
from democratic.participation.conversations.running import see_off, stand
from democratic.participation.conversations.speaking import said_in, standing_of
from democratic.participation.conversations.states import RunState


def notice_silences(clock: Clock, *, limit: int = 200) -> int:
    """Each run that waited for as long as its step does: it goes on elsewhere, or ends without a word."""
    now = clock.now()
    due = FlowRun.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=RunState.OPEN, due_at__lte=now
    )
    runs = list(
        due.select_related("correspondent__authority", "correspondent__person", "revision__flow__process__record__authority")
        .order_by("due_at")[:limit]
    )  # fmt: skip
    for run in runs:
        _notice_silence(run, now)
    return len(runs)


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
