"""A folder of Decidim exports, read whole before anything is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from democratic.participation.imports.decidim_rows import (
    COMMENT_COLUMNS,
    PROPOSAL_COLUMNS,
    CommentRow,
    Identity,
    ProposalRow,
    Refused,
    read_comment,
    read_proposal,
)
from democratic.participation.imports.tables import BadRow, CannotRead, Row, Table, read_table

Read = TypeVar("Read")


@dataclass(slots=True)
class Export:
    """What was understood, and every row that was not. ``ignored``: CSV files of something else."""

    proposals: list[ProposalRow] = field(default_factory=list)
    comments: list[CommentRow] = field(default_factory=list)
    rejected: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    @property
    def everything(self) -> list[ProposalRow | CommentRow]:
        return [*self.proposals, *self.comments]

    @property
    def hosts(self) -> set[str]:
        return {each.identity.host for each in self.everything}


def read_export(folder: Path) -> Export:
    """Raises CannotRead: no such folder, nothing to import in it, or a file that can't be read."""
    if not folder.is_dir():
        raise CannotRead(f"{folder} : ce dossier n’existe pas.")
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv" and path.is_file())
    if not paths:
        raise CannotRead(f"{folder} : aucun fichier .csv dans ce dossier.")
    export = Export()
    for path in paths:
        _take(export, read_table(path))
    if len(export.ignored) == len(paths):
        raise CannotRead(
            f"{folder} : aucun export Decidim (ni propositions, ni commentaires) parmi {', '.join(export.ignored)}."
        )
    _refuse_repeated(export)
    return export


def _take(export: Export, table: Table) -> None:
    if _looks_like(table, COMMENT_COLUMNS):
        _read_rows(export, table, export.comments, read_comment)
    elif _looks_like(table, PROPOSAL_COLUMNS):
        _read_rows(export, table, export.proposals, read_proposal)
    else:
        export.ignored.append(table.file)
        return
    export.rejected += table.bad_rows


def _looks_like(table: Table, wanted: frozenset[str]) -> bool:
    """More than half of the columns make it that export; one missing is then said, not guessed."""
    missing = sorted(wanted - table.columns)
    if len(missing) * 2 >= len(wanted):
        return False
    if missing:
        raise CannotRead(f"{table.file} : colonnes manquantes : {', '.join(missing)}.")
    return True


def _read_rows(export: Export, table: Table, into: list[Read], read: Callable[[Row], Read]) -> None:
    for row in table.rows:
        try:
            into.append(read(row))
        except Refused as why:
            export.rejected.append(BadRow(row.file, row.line, str(why)))


def _refuse_repeated(export: Export) -> None:
    """The first row of an identity is the one; a second would be taken for a change of the source."""
    first: dict[Identity, Row] = {}
    export.proposals = [each for each in export.proposals if _is_first(each, first, export)]
    export.comments = [each for each in export.comments if _is_first(each, first, export)]


def _is_first(each: ProposalRow | CommentRow, first: dict[Identity, Row], export: Export) -> bool:
    kept = first.setdefault(each.identity, each.row)
    if kept is each.row:
        return True
    reason = f"numéro {each.identity.id} déjà lu : {kept.file}, ligne {kept.line}"
    export.rejected.append(BadRow(each.row.file, each.row.line, reason))
    return False
