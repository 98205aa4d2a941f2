from datetime import datetime

from django.db import transaction

from democratic.kernel.clock import Clock
from democratic.participation.debates.events import DEBATE_OPENED
from democratic.participation.debates.models import Debate
from democratic.participation.processes.models import Process
from democratic.thread.actions import NewRecord, Words, open_record
from democratic.thread.models import Kind, Origin


@transaction.atomic
def open_debate(
    *,
    process: Process,
    words: Words,
    clock: Clock,
    origin: Origin = Origin.WEB,
    happened_at: datetime | None = None,
    is_stub: bool = False,
) -> Debate:
    """Open a debate; a stub has no title of its own, since nobody told us which it had."""
    record = open_record(
        NewRecord(
            authority=process.record.authority,
            kind=Kind.DEBATE,
            process=process.record,
            words=words,
            event=DEBATE_OPENED,
            origin=origin,
            happened_at=happened_at,
            data={"is_stub": is_stub},
        ),
        clock=clock,
    )
    return Debate.objects.create(record=record, process=process, is_stub=is_stub)
