"""`democratic export-authority`: one instant of one authority, whatever is written meanwhile."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction

from civics.ledger.heads import SignedHead, read_public_key
from democratic.config.portable import words
from democratic.config.portable.container import (
    CSV,
    DATA,
    FILES,
    HEADS,
    KEY,
    PIECE,
    PROOFS,
    README,
    SCHEMA,
    Writer,
)
from democratic.config.portable.proofs import proof_lines
from democratic.config.portable.rows import line_of, rows_of
from democratic.config.portable.sheets import SHEETS, sheet_lines
from democratic.config.portable.tables import TABLES
from democratic.config.version import VERSION
from democratic.kernel.files.keeping import path_of
from democratic.kernel.models import StoredFile
from democratic.thread.addresses import public_address
from democratic.thread.journal.export import key_document
from democratic.thread.journal.proofs import latest_signed_head
from democratic.thread.models import Authority, Visibility

Tell = Callable[[str, int], None]


@transaction.atomic
def export_authority(
    authority: Authority, target: IO[bytes], *, with_private: bool, tell: Tell
) -> dict[str, Any]:
    """The manifest. Call it outside any transaction: it takes one snapshot of its own."""
    with connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
    writer, signed = Writer(target), latest_signed_head()
    writer.add(README, [words.readme(with_private=with_private)])
    writer.add(SCHEMA, [json.dumps(words.schema(), ensure_ascii=False, indent=1).encode()])
    counts = {}
    for table in TABLES:
        name = table.label.lower()
        lines = map(line_of, rows_of(table, authority, with_private=with_private))
        counts[name] = writer.add(f"{DATA}{name}.jsonl", lines)
        tell(name, 0)
    for sheet in SHEETS:
        writer.add(f"{CSV}{sheet.name}.csv", sheet_lines(sheet, authority))
    files, missing = _add_files(writer, authority, with_private=with_private)
    proved = _add_journal(writer, authority, signed)
    manifest = {
        "authority": {"slug": authority.slug, "name": authority.name},
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": VERSION,
        "from": settings.PUBLIC_URL,
        "address": public_address(authority),
        "with_private": with_private,
        "rows": counts,
        "files": files,
        "missing_files": missing,
        "journal": json.loads(signed.to_json())["head"] if signed else None,
        "proved_entries": proved,
    }
    writer.finish(manifest)
    return manifest


def _add_files(writer: Writer, authority: Authority, *, with_private: bool) -> tuple[int, list[str]]:
    """Content that is shown, or all of it; a row says of the others that they were."""
    shown = StoredFile.objects.filter(attachments__record__authority=authority)
    if not with_private:
        shown = shown.filter(
            attachments__record__visibility=Visibility.PUBLIC, attachments__record__audience__is_public=True
        )
    count, missing = 0, []
    for sha256 in shown.order_by("pk").distinct().values_list("pk", flat=True):
        path = path_of(sha256)
        if storages["private"].exists(path):
            writer.add(f"{FILES}{sha256}", _pieces(path))
            count += 1
        else:
            missing.append(sha256)
    return count, missing


def _pieces(path: str) -> Iterator[bytes]:
    with storages["private"].open(path) as file:
        yield from file.chunks(PIECE)


def _add_journal(writer: Writer, authority: Authority, signed: SignedHead | None) -> int:
    """How many entries are proved: those that came since the head was signed are not, yet."""
    if signed is None:
        return 0
    key = read_public_key(bytes.fromhex(settings.JOURNAL_PUBLIC_KEY))
    writer.add(HEADS, [signed.to_json() + b"\n"])
    writer.add(KEY, [key_document(key)])
    return writer.add(PROOFS, proof_lines(authority, signed.head.size))
