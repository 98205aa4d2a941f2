"""The rows of a page of the wall, with what each was answered, is owed or was promised: a fixed number of queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from democratic.participation.meetings.wall.ordered import OnWall
from democratic.participation.meetings.wall.queries import (
    Shelf,
    answers_of,
    dues_for,
    promises_of,
    supported_by,
)
from democratic.people.models import Person
from democratic.thread.rules import Viewer
from democratic.web.meetings.wall.words import answer_of, due_of, promises, row_of


def rows_for(
    viewer: Viewer, shelf: Shelf, found: Sequence[OnWall], today: date, person: Person | None
) -> list[dict[str, Any]]:
    ids = [each.id for each in found]
    mine = supported_by(person, ids) if person else frozenset()
    rows = [row_of(each, is_mine=each.id in mine) for each in found]
    return rows if shelf == Shelf.OPEN else told(viewer, rows, today)


def told(viewer: Viewer, rows: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """With the answers, the dates owed and the engagements of each."""
    ids: list[UUID] = [row["id"] for row in rows]
    answers, dues, made = answers_of(ids), dues_for(ids, today), promises_of(viewer, ids)
    for row in rows:
        row["answers"] = [answer_of(each) for each in answers.get(row["id"], [])]
        row["due"] = due_of(dues.get(row["id"]))
        row["promises"] = promises(made.get(row["id"], []))
    return rows
