"""The register of erasures: a row in the transaction of each, then a line outside the database.

It holds identifiers and no word. A database that was restored is older than some of its lines: what they name is
erased again. Copied by the sequencer, a line may be there twice and never missing, unless the disk itself was lost
within the second: then the erasure is lost with everything that was written in that second.
"""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction

from democratic.kernel.models import Erasure

NAME = "erasures.jsonl"
BATCH = 1000


class ErasureKind(models.TextChoices):
    """What is done again, and never what was said."""

    WORDS = "words", "the words of a record"
    BYLINE = "byline", "the name on a record"
    WITHDRAWN = "withdrawn", "a record, withdrawn by its author"
    PERSON = "person", "an account, and all that was kept to reach its person"
    ADDRESS = "address", "an address that said STOP"
    NAME = "name", "the name of a person"
    MARKS = "marks", "what a person supports and follows"
    FILES = "files", "the photos of a record"
    SENT = "sent", "a photo or a voice that was sent in a conversation"
    POINT = "point", "the point on the map of a record"
    SPEAKER = "speaker", "the name of who spoke for an organisation"
    JUDGE = "judge", "the name of a member of an observatory"


class Erased(NamedTuple):
    kind: str
    target: UUID


class BadRegister(ValueError):
    """Not a line that we wrote; the message names it."""


def register_path() -> Path:
    return Path(settings.VAR) / NAME


def note_erasure(kind: ErasureKind, targets: Iterable[UUID]) -> None:
    """In the transaction that erases: there is never one without the other."""
    rows = [Erasure(kind=kind, target=target) for target in targets]
    Erasure.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def keep_erasures_outside() -> int:
    """Append to the register the rows that are not in it yet, and on the disk before this returns; how many."""
    waiting = list(Erasure.objects.select_for_update().filter(is_outside=False).order_by("pk")[:BATCH])
    if not waiting:
        return 0
    path = register_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "ab+") as file:
        _cut_half_a_line(file)
        file.writelines(_line(row) for row in waiting)
        file.flush()
        os.fsync(file.fileno())
    Erasure.objects.filter(pk__in=[row.pk for row in waiting]).update(is_outside=True)
    return len(waiting)


def _cut_half_a_line(file: BinaryIO) -> None:
    """What a power cut left of a line: its row still says that it is not outside."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 200))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.truncate(end - len(tail) + tail.rfind(b"\n") + 1)


def _line(row: Erasure) -> bytes:
    return json.dumps({"kind": row.kind, "target": str(row.target)}).encode() + b"\n"


def has_erasures_to_keep() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select exists (select from kernel_erasure where not is_outside)")
        return bool(cursor.fetchone()[0])


def read_register(path: Path) -> Iterator[Erased]:
    """Each line of the file, in order. BadRegister; OSError. Half a line at its end was never acknowledged."""
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            if line.endswith(b"\n"):
                yield _read(line, number)


def _read(line: bytes, number: int) -> Erased:
    try:
        fields = json.loads(line)
        return Erased(ErasureKind(fields["kind"]), UUID(fields["target"]))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadRegister(f"line {number}: {fault}") from fault


def unknown_here(erased: Iterable[Erased]) -> list[Erased]:
    """Those that this database has not heard of, once each, in the order of the register."""
    known = set(Erasure.objects.values_list("kind", "target"))
    return [each for each in dict.fromkeys(erased) if each not in known]
