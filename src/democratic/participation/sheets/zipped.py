"""What an .xlsx file is, before anything of it is parsed: how much it unfolds to, what it carries, how long it is."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from democratic.participation.sheets.problems import Fault, SheetRefused

MOST_BYTES = 10 * 1024 * 1024  # as any file that is sent: proxies refuse more
MOST_LINES = 50_000
MOST_UNFOLDED = 100 * 1024 * 1024
_MOST_PARTS = 1000
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_LONGEST_MARK = 16
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
_ROWS = re.compile(rb"<(?:\w+:)?row[\s>/]")
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def refuse_unless_harmless(content: bytes) -> int:
    """How many lines its longest sheet has. SheetRefused: a bomb, links, macros, a password, a declared entity.

    Sizes are counted as the parts unfold, since an archive may lie about them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _refuse_open_document(archive, parts)
            _refuse_carried([part.filename for part in parts])
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise SheetRefused(Fault.LOCKED)
            if sum(part.file_size for part in parts) > MOST_UNFOLDED:
                raise SheetRefused(_longer_than_allowed(archive, parts) or Fault.UNFOLDS)
            return max((_lines_of(archive, part) for part in parts), default=0)
    except _BROKEN as broken:
        raise SheetRefused(Fault.BROKEN) from broken


def _refuse_open_document(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """It says so in its first part, in clear (OpenDocument 1.2, part 3, § 3.3)."""
    if parts and parts[0].filename == "mimetype":
        with archive.open(parts[0]) as said:
            if said.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT:
                raise SheetRefused(Fault.OPEN)


def _refuse_carried(names: list[str]) -> None:
    if "xl/workbook.xml" not in names:  # a text, any archive
        raise SheetRefused(Fault.OTHER)
    if len(names) > _MOST_PARTS:
        raise SheetRefused(Fault.BROKEN)
    if any(name.startswith(("xl/externalLinks/", "xl/connections", "xl/queryTables/")) for name in names):
        raise SheetRefused(Fault.LINKED)
    if any(name.endswith((".bin", ".exe", ".dll")) and "printerSettings" not in name for name in names):
        raise SheetRefused(Fault.MACROS)


def _longer_than_allowed(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Fault | None:
    """Of a file that is too large, whether it is so by its lines: that says better what to do."""
    longest = max((part for part in parts if _is_sheet(part)), key=lambda part: part.file_size, default=None)
    return Fault.LONG if longest and _count(archive, longest) > MOST_LINES else None


def _lines_of(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    if not part.filename.endswith((".xml", ".rels")):
        return 0
    lines = _count(archive, part)
    if lines > MOST_LINES + 1:
        raise SheetRefused(Fault.LONG)
    return max(0, lines - 1)


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith("xl/worksheets/")


def _count(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The rows that a part declares, until there are too many; each is seen once, wherever chunks are cut."""
    lines = 0
    for chunk, kept in _chunks(archive, part):
        if _DECLARES.search(chunk):
            raise SheetRefused(Fault.BROKEN)
        lines += sum(1 for found in _ROWS.finditer(chunk) if found.end() > kept)
        if lines > MOST_LINES + 1:
            break
    return lines if _is_sheet(part) else 0


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """Each chunk with the end of the one before, and how much of it that is."""
    end, unfolded = b"", 0
    with archive.open(part) as opened:
        while read := opened.read(_CHUNK):
            unfolded += len(read)
            if unfolded > MOST_UNFOLDED:
                raise SheetRefused(Fault.UNFOLDS)
            yield end + read, len(end)
            end = (end + read)[-_LONGEST_MARK:]
