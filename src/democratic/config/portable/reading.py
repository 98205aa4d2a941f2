"""`democratic import-authority`: an authority brought in by one transaction, all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from civics.ledger.heads import PublicKey, SignedHead
from democratic.config.portable.container import DATA, FILES, HEADS, PROOFS, Reader
from democratic.config.portable.proofs import NotProved, Proved, check_proofs
from democratic.config.portable.rows import SUPPORT, persons_of, read_row
from democratic.config.portable.settling import as_it_arrives
from democratic.config.portable.tables import TABLES, Table
from democratic.config.server.errors import CannotStart
from democratic.kernel.clock import Clock
from democratic.kernel.files.keeping import path_of
from democratic.observatory.actions import index_hearings
from democratic.people.models import Person
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import Words, index_words
from democratic.thread.events import AUTHORITY_IMPORTED
from democratic.thread.journal import hold_sequencer_lock, sequence_once
from democratic.thread.journal.heads import read_head
from democratic.thread.journal.projections import catch_up, ensure_cursors, projections
from democratic.thread.models import Authority, Cursor, Entry, PendingEntry, Position, Record, Visibility

CHUNK = 1000
# Rows of the same person, or of the same file, may have come with another authority already.
SHARED = {"people.Person", "people.Account", "people.ContactAddress", "people.Consent", "kernel.StoredFile"}

Tell = Callable[[str, int], None]


def import_authority(reader: Reader, *, key: PublicKey | None, clock: Clock, tell: Tell) -> Authority:
    """CannotStart, having written nothing: what is in the way is named. ``key`` is None where nothing was signed."""
    slug = str(reader.manifest["authority"]["slug"])
    if Authority.objects.filter(slug=slug).exists():
        raise CannotStart(f"« {slug} » est déjà ici : une collectivité ne se reprend pas deux fois.")
    if not hold_sequencer_lock():
        raise CannotStart("Arrêtez d'abord bin/run (Ctrl-C) : son séquenceur tourne encore.")
    proved = list(_proved(reader, key))
    with transaction.atomic(), _clashes():
        _settle_what_waited()
        now = clock.now()
        for table in TABLES:
            _insert(reader, table, now)
            tell(table.label, 0)
        authority = Authority.objects.get(slug=slug)
        _store_files(reader)
        _index(authority)
        _compare(reader, authority)
        _number(reader, authority, clock)
        _recognise(proved)
    return authority


def _proved(reader: Reader, key: PublicKey | None) -> Iterator[Proved]:
    if key is None:
        return
    try:
        yield from check_proofs(reader.lines(PROOFS), SignedHead.from_json(reader.read(HEADS).strip()), key)
    except (ValueError, NotProved) as refusal:
        raise CannotStart(f"Le journal de cet export ne se prouve pas : {refusal}") from refusal


@contextmanager
def _clashes() -> Iterator[None]:
    try:
        yield
    except IntegrityError as clash:
        raise CannotStart(
            f"Déjà ici, ou qui ne tient pas : {' '.join(str(clash).split())}. Rien n'a été repris."
        ) from clash


def _settle_what_waited() -> None:
    """Others wait from here on: what they had written is numbered, and told by mail, before what comes."""
    with connection.cursor() as cursor:
        cursor.execute("lock table thread_pendingentry in share row exclusive mode")
    while sequence_once():
        pass
    every = projections()
    ensure_cursors(every)
    for each in every:
        catch_up(each)


def _insert(reader: Reader, table: Table, now: datetime) -> None:
    """A table that an earlier version did not export has no rows."""
    name = f"{DATA}{table.label.lower()}.jsonl"
    if table.label.lower() not in reader.manifest["rows"]:
        return
    rows = _rows(reader.lines(name), table, name, now)
    while chunk := list(islice(rows, CHUNK)):
        if table.label == SUPPORT:
            _make_nobodies(chunk)
        made = [_instance(table, row) for row in chunk]
        table.all_rows.bulk_create(made, ignore_conflicts=table.label in SHARED)


def _rows(lines: Iterable[bytes], table: Table, name: str, now: datetime) -> Iterator[dict[str, Any]]:
    fields = {field.attname: field for field in table.fields}
    for number, line in enumerate(lines, 1):
        try:
            row = read_row(line, fields) | dict.fromkeys(table.dropped)
            yield as_it_arrives(table.label, row, now)
        except (ValueError, KeyError, ValidationError, AttributeError) as fault:
            raise CannotStart(f"{name}, ligne {number} : {fault}") from fault


def _instance(table: Table, row: dict[str, Any]) -> Model:
    """A column that was emptied and cannot be null takes the database's own default."""
    optional = {field.attname for field in table.fields if field.null}
    return table.model(
        **{name: value for name, value in row.items() if value is not None or name in optional}
    )


def _make_nobodies(supports: list[dict[str, Any]]) -> None:
    wanted = {row["person_id"] for row in supports}
    known = set(Person.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    Person.objects.bulk_create([Person(pk=each) for each in sorted(wanted - known)])


def _store_files(reader: Reader) -> None:
    storage = storages["private"]
    for name in reader.names(FILES):
        path = path_of(name.removeprefix(FILES))
        if reader.manifest["sha256"][name] != name.removeprefix(FILES):
            raise CannotStart(f"« {name} » n'a pas le contenu que son nom annonce.")
        if not storage.exists(path):
            with reader.open(name) as content:
                storage.save(path, File(content))


def _index(authority: Authority) -> None:
    found = Record.objects.filter(authority=authority, visibility__in=[Visibility.PUBLIC, Visibility.DRAFT])
    for record in found.select_related("wording").iterator(chunk_size=CHUNK):
        if record.wording and (record.title or record.text):
            index_words(record, Words(title=str(record.title), text=str(record.text)))
    index_hearings(authority)


def _compare(reader: Reader, authority: Authority) -> None:
    people = {"people.person": persons_of(authority).count()} if reader.manifest["with_private"] else {}
    for table in TABLES:
        name = table.label.lower()
        if not table.of:
            continue
        here, there = people.get(name, table.rows(authority).count()), reader.manifest["rows"].get(name, 0)
        if here != there:
            raise CannotStart(f"{name} : {here} lignes ici, {there} annoncées. Rien n'a été repris.")


def _number(reader: Reader, authority: Authority, clock: Clock) -> None:
    """Positions of this journal, in the order of the entries; and effects begin behind them: nobody gets old mail."""
    waiting = Entry.objects.filter(authority=authority).order_by("pk").values_list("pk", flat=True)
    PendingEntry.objects.bulk_create((PendingEntry(entry_id=pk) for pk in waiting), batch_size=CHUNK)
    head = reader.manifest["journal"]
    append_entry(
        AUTHORITY_IMPORTED,
        record=None,
        authority=authority,
        now=clock.now(),
        data={
            "entries": reader.manifest["rows"]["thread.entry"],
            "proved": reader.manifest["proved_entries"],
            "head": {name: head[name] for name in ("origin", "epoch", "size", "root")} if head else None,
        },
        is_institutional=True,
    )
    while sequence_once():
        pass
    effects = [each.name for each in projections() if each.is_effect]
    Cursor.objects.filter(name__in=effects).update(position=read_head().size)
    for each in projections():
        catch_up(each)


def _recognise(proved: list[Proved]) -> None:
    """The hash under which the former journal held each entry is the one that this journal gives it."""
    for first in range(0, len(proved), CHUNK):
        chunk = {UUID(each.entry): each.hash for each in proved[first : first + CHUNK]}
        rows = Position.objects.filter(entry__in=chunk).values_list("entry_id", "leaf_hash")
        found = {entry: bytes(digest) for entry, digest in rows}
        if wrong := [entry for entry, digest in chunk.items() if found.get(entry) != digest]:
            raise CannotStart(f"Le fait {wrong[0]} n'est pas celui que l'ancien journal prouve.")
