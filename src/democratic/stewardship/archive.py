"""One's own data as a ZIP: a page to read first, JSON for programs, CSV for a spreadsheet, and the files."""

import csv
import io
import json
import mimetypes
import zipfile
from collections.abc import Collection, Iterable
from typing import IO, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from democratic.kernel.files import open_file
from democratic.kernel.personal_data import label_of
from democratic.stewardship.holdings import Holding, files_of, holdings_of


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        return bytes(o).hex() if isinstance(o, bytes | memoryview) else super().default(o)


def write_archive(person_ids: Collection[UUID], to: IO[bytes]) -> None:
    """Row by row, table by table: what it takes of memory does not grow with what is held."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as made:
        held = holdings_of(person_ids)
        counts = {label_of(each.model): _write_table(made, each) for each in held}
        _write_json(made, held)
        for stored in files_of(person_ids):
            ending = mimetypes.guess_extension(stored.content_type) or ""
            made.writestr(f"fichiers/{stored.sha256}{ending}", open_file(stored))
        made.writestr("LISEZ-MOI.txt", _readme(held, counts))


def _write_table(made: zipfile.ZipFile, held: Holding) -> int:
    """Returns the number of rows; a table without any gets a file that says so by its only line."""
    n = 0
    with (
        made.open(f"tableaux/{label_of(held.model)}.csv", "w") as raw,
        io.TextIOWrapper(raw, "utf-8-sig", newline="") as lines,
    ):
        writer = csv.writer(lines)
        writer.writerow(held.columns)
        for n, row in enumerate(held.each(), 1):  # noqa: B007  the last one is the count
            writer.writerow([safe_cell(value) for value in row.values()])
    return n


def safe_cell(value: Any) -> str:
    """As a spreadsheet reads it; a text that it would take for a formula is quoted."""
    text = value if isinstance(value, str) else json.dumps(value, cls=_Encoder, ensure_ascii=False).strip('"')
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] else text


def _write_json(made: zipfile.ZipFile, held: Iterable[Holding]) -> None:
    with made.open("donnees.json", "w") as raw, io.TextIOWrapper(raw, "utf-8") as lines:
        lines.write("{")
        for place, each in enumerate(held):
            lines.write(f"{',' if place else ''}\n{json.dumps(label_of(each.model))}: [")
            for at, row in enumerate(each.each()):
                lines.write(("," if at else "") + "\n ")
                json.dump(row, lines, cls=_Encoder, ensure_ascii=False)
            lines.write("]")
        lines.write("\n}\n")


def _readme(held: Iterable[Holding], counts: dict[str, int]) -> str:
    told = [
        _("Vos données"),
        _("Voici tout ce que cette plateforme garde de vous, sous toutes vos identités."),
        _("donnees.json : pour un programme. tableaux/ : pour un tableur. fichiers/ : vos fichiers."),
        _("Les clés et les mots de passe n’y sont pas : nous n’en gardons que des empreintes."),
    ]
    lines = [
        f"{label_of(each.model)} ({counts[label_of(each.model)]}) : {each.kind.what}. {each.kind.how_long}"
        for each in held
    ]
    return "\n\n".join([*told, "\n".join(lines)]) + "\n"
