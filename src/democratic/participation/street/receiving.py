"""What devices send is kept exactly once, and the same receipts are given however often it is sent again.

A record is known by (session, uuid), which the database holds unique: of ten batches at once each row is written by
one, and every receipt is read from the rows. Locks are taken in one order (codes, then rows by uuid).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import DatabaseError, transaction

from democratic.kernel.clock import Clock
from democratic.kernel.ids import CODE_ALPHABET
from democratic.participation.street.models import (
    CaptureKind,
    FieldDevice,
    ReservedCode,
    StreetCapture,
    StreetSession,
)
from democratic.participation.street.planning import close_collection
from democratic.participation.street.problems import PROBLEMS
from democratic.participation.street.queries import known_of
from democratic.participation.street.reading import UNKNOWN, Read, read_record
from democratic.participation.street.states import SessionState

MOST_RECORDS = 100
_NUMBER_SIGNS = 8  # of 24: in one session nobody meets the same twice
_TOLERANCE = timedelta(days=1)
_CORRECTED = ("device", "seq", "kind", "code", "payload", "happened_at", "received_at", "state", "problem")


@dataclass(frozen=True, slots=True)
class Receipt:
    """``number``: « R-7K3M-4PQX », of what was received; else what is wrong, and with which field."""

    uuid: str
    state: str
    number: str = ""
    error: str = ""
    field: str = ""


def receive(
    *, session: StreetSession, device: FieldDevice | None, records: Sequence[object], clock: Clock
) -> list[Receipt]:
    """One receipt for each, in their order. ``device`` None: from the backup file of one that is not known any more."""
    reads = [read_record(raw, known) for known in [known_of(session)] for raw in records]
    rows = _keep(session, device, reads, clock)
    if rows and session.record.state == SessionState.PLANNED and session.ends_at <= clock.now():
        close_collection(session=session, clock=clock)  # nobody said that it was over, and it is
    for row in rows.values():
        if row.kind == CaptureKind.SUMMARY and row.state != StreetCapture.State.TO_CORRECT:
            close_collection(session=session, clock=clock, **row.payload)
    return [_receipt(read, rows.get(read.uuid)) for read in reads]


@transaction.atomic
def _keep(
    session: StreetSession, device: FieldDevice | None, reads: Iterable[Read], clock: Clock
) -> dict[UUID, StreetCapture]:
    now = clock.now()
    first: dict[UUID, Read] = {}
    for read in reads:
        if read.uuid != UNKNOWN:
            first.setdefault(read.uuid, read)
    wanted = sorted(_with_codes_of_their_own(session, list(first.values())), key=lambda read: read.uuid)
    _insert([_row(session, device, read, now) for read in wanted])
    found = StreetCapture.objects.filter(session=session, uuid__in=first)
    faulty = found.filter(state=StreetCapture.State.TO_CORRECT).select_for_update().order_by("uuid")
    again = {read.uuid: read for read in wanted}
    for row in faulty:
        _correct(row, _row(session, device, again[row.uuid], now))
    return {row.uuid: row for row in found}


def _with_codes_of_their_own(session: StreetSession, reads: Sequence[Read]) -> list[Read]:
    """A code that was not reserved for this session, or that another record bears, is a fault of that record alone.

    The first of a batch that gives it has it.
    """
    wanted = {read.code for read in reads if read.code}
    reserved = ReservedCode.objects.filter(code__in=wanted, device__session=session)
    free = set(reserved.select_for_update(of=("self",)).order_by("code").values_list("code", flat=True))
    borne = dict(StreetCapture.objects.filter(code__in=wanted).values_list("code", "uuid"))
    kept = []
    for read in reads:
        if read.code and (read.code not in free or borne.setdefault(read.code, read.uuid) != read.uuid):
            kept.append(replace(read, code="", payload={}, problem=read.problem or "code"))
        else:
            kept.append(read)
    return kept


def _row(session: StreetSession, device: FieldDevice | None, read: Read, now: datetime) -> StreetCapture:
    state = StreetCapture.State.TO_CORRECT if read.problem else StreetCapture.State.RECEIVED
    return StreetCapture(
        session=session,
        uuid=read.uuid,
        device=device,
        seq=read.seq,
        kind=read.kind,
        code=read.code,
        payload={} if read.problem else dict(read.payload),
        happened_at=happened_at(session, read.made_at, now),
        received_at=now,
        state=state,
        problem=read.problem,
    )


def happened_at(session: StreetSession, made_at: datetime | None, now: datetime) -> datetime:
    """The device's clock is believed within a day of the session; else it was said when the session began.

    Never in the future: a device that is tried before the day speaks now.
    """
    around = session.starts_at - _TOLERANCE, min(session.ends_at + _TOLERANCE, now)
    if made_at is not None and around[0] <= made_at <= around[1]:
        return made_at
    return min(session.starts_at, now)


def _insert(rows: Sequence[StreetCapture]) -> None:
    """All at once; one by one when the database refuses one of them, which then stands alone, to be corrected."""
    if _inserted(rows):
        return
    for row in rows:
        if not _inserted([row]):
            row.payload, row.state, row.problem = {}, StreetCapture.State.TO_CORRECT, "shape"
            _inserted([row])


def _inserted(rows: Sequence[StreetCapture]) -> bool:
    try:
        with transaction.atomic():
            StreetCapture.objects.bulk_create(rows, ignore_conflicts=True)
    except (DatabaseError, ValueError):
        return False
    return True


def _correct(row: StreetCapture, again: StreetCapture) -> None:
    """The device corrected it. What cannot be kept leaves the row as it was."""
    for name in _CORRECTED:
        setattr(row, name, getattr(again, name))
    try:
        with transaction.atomic():
            row.save(update_fields=_CORRECTED)
    except (DatabaseError, ValueError):
        return


def number_of(session_id: UUID, uuid: UUID) -> str:
    """The same for ever, from what identifies the record: nothing has to be kept to say it again."""
    left, signs = int.from_bytes(hashlib.sha256(session_id.bytes + uuid.bytes).digest()), ""
    for _sign in range(_NUMBER_SIGNS):
        left, rest = divmod(left, len(CODE_ALPHABET))
        signs += CODE_ALPHABET[rest]
    return f"R-{signs[:4]}-{signs[4:]}"


def _receipt(read: Read, row: StreetCapture | None) -> Receipt:
    if row is not None and row.state != StreetCapture.State.TO_CORRECT:
        return Receipt(read.sent, "received", number_of(row.session_id, row.uuid))
    field, error = PROBLEMS[row.problem if row is not None else read.problem or "shape"]
    return Receipt(read.sent, "to_correct", error=str(error), field=field)
