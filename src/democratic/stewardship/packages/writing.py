"""The package as a ZIP: open formats, a text to read first in two languages, and the hash of each file."""

import csv
import hashlib
import io
import json
import mimetypes
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from civics.ledger.heads import PublicKey, SignedHead
from democratic.kernel.files import open_file
from democratic.participation.processes.models import Process
from democratic.stewardship.archive import safe_cell
from democratic.stewardship.models import Closure
from democratic.stewardship.packages import readme
from democratic.stewardship.packages.contents import (
    DUES,
    FILES,
    LINKS,
    RECORDS,
    Row,
    Table,
    attachments_of,
    due_rows,
    link_rows,
    record_rows,
)
from democratic.thread.journal.export import key_document
from democratic.thread.journal.extracts import process_opening_lines, process_proof_lines

FORMAT, VERSION = "democratic-closed-process", 1
MANIFEST = "manifest.json"
IN_MEMORY, PIECE = 4 << 20, 1 << 20
PARTS = 4  # told one by one while it is made

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Facts:
    """``head``: signed, and over every Entry of the process; ``extras``: files made above, such as the report."""

    closure: Closure
    version: int
    today: date
    head: SignedHead
    key: PublicKey
    address: str
    extras: Mapping[str, bytes]


class _Writer:
    """The same contents give the same bytes: every member bears the day of the package, and no hour."""

    def __init__(self, to: IO[bytes], day: date) -> None:
        self._zip = zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED)
        self._date = (day.year, day.month, day.day, 0, 0, 0)
        self.hashes: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        digest, told = hashlib.sha256(), zipfile.ZipInfo(name, self._date)
        told.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(told, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                digest.update(piece)
        self.hashes[name] = digest.hexdigest()

    def close(self) -> None:
        self._zip.close()


def write_package(process: Process, facts: Facts, to: IO[bytes], tell: Tell) -> None:
    """``tell``: how many of PARTS are done."""
    made = _Writer(to, facts.today)
    _add_table(made, RECORDS, record_rows(process))
    _add_table(made, LINKS, link_rows(process))
    _add_table(made, DUES, due_rows(process, facts.today))
    tell(1)
    _add_files(made, process)
    tell(2)
    size = facts.head.head.size
    made.add("journal/proofs.jsonl", process_proof_lines(process.pk, process.mandate_id, size))
    made.add("journal/openings.jsonl", process_opening_lines(process.pk, process.mandate_id, size))
    made.add("journal/head.json", [facts.head.to_json(), b"\n"])
    made.add("journal/key.json", [key_document(facts.key)])
    tell(3)
    for name, content in sorted(facts.extras.items()):
        made.add(name, [content])
    made.add("schema.json", [_json([_schema(each) for each in (RECORDS, LINKS, DUES, FILES)])])
    for language in ("fr", "en"):
        made.add(
            readme.NAMES[language], [readme.text(process, facts.closure, facts.today, language).encode()]
        )
    made.add(MANIFEST, [_json(_manifest(process, facts, dict(made.hashes)))])
    made.close()
    tell(PARTS)


def _add_table(made: _Writer, table: Table, rows: Iterable[Row]) -> None:
    """Once as JSON lines, once as CSV; the CSV is written beside, as two members cannot be open at once."""
    names = [name for name, _french, _english in table.columns]
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b") as beside:
        text = io.TextIOWrapper(beside, "utf-8-sig", newline="", write_through=True)
        sheet = csv.writer(text)
        sheet.writerow(names)

        def lines() -> Iterator[bytes]:
            for row in rows:
                sheet.writerow([safe_cell(row[name]) for name in names])
                yield json.dumps(row, ensure_ascii=False).encode() + b"\n"

        made.add(f"donnees/{table.name}.jsonl", lines())
        text.detach()
        beside.seek(0)
        made.add(f"donnees/{table.name}.csv", iter(lambda: beside.read(PIECE), b""))


def _add_files(made: _Writer, process: Process) -> None:
    rows, written = [], set()
    for attachment in attachments_of(process).iterator():
        stored = attachment.file
        rows.append(
            {
                "sha256": stored.sha256,
                "code": attachment.record.code,
                "content_type": stored.content_type,
                "alternative": attachment.alternative,
            }
        )
        if stored.sha256 not in written:
            ending = mimetypes.guess_extension(stored.content_type) or ""
            made.add(f"fichiers/{stored.sha256}{ending}", [open_file(stored)])
            written.add(stored.sha256)
    _add_table(made, FILES, rows)


def _schema(table: Table) -> dict[str, Any]:
    return {
        "table": table.name,
        "files": [f"donnees/{table.name}.jsonl", f"donnees/{table.name}.csv"],
        "columns": [{"name": name, "fr": french, "en": english} for name, french, english in table.columns],
    }


def _manifest(process: Process, facts: Facts, hashes: Mapping[str, str]) -> dict[str, Any]:
    """Named after SEDA's elements, so that a service of archives finds its way; no conformity is claimed."""
    closure = facts.closure
    return {
        "format": FORMAT,
        "format_version": VERSION,
        "package_version": facts.version,
        "OriginatingAgency": process.authority.name,
        "Title": process.record.title,
        "Identifier": process.record.code,
        "Source": facts.address,
        "ClosedOn": closure.closed_on.isoformat(),
        "MadeOn": facts.today.isoformat(),
        "AppraisalRule": {
            "Duration": f"P{closure.years}Y",
            "StartDate": closure.closed_on.isoformat(),
            "Reason": closure.why_years,
            "FinalAction": {"keep": "Keep", "sort": "Sort", "destroy": "Destroy"}[closure.fate],
            "FinalActionReason": closure.why_fate,
        },
        "JournalHead": {**facts.head.head.as_fields(), "key": facts.head.key},
        "sha256": dict(hashes),
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
