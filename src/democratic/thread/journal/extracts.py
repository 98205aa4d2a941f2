"""The Entries of one process as anyone can check them: each with its inclusion proof under a signed head."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from civics.ledger.canonical import canonical_json
from civics.ledger.lines import opening_line
from civics.ledger.proofs import inclusion_nodes, inclusion_proof
from democratic.thread.journal.heads import stored_nodes
from democratic.thread.journal.leaves import LEAF_COLUMNS, LEAF_TABLES, read_leaf
from democratic.thread.models import Visibility

CHUNK = 200
_OF_PROCESS = "(e.process_id = %s or e.record_id = any(%s))"
_PLACES = f"""
select po.position, {LEAF_COLUMNS} from {LEAF_TABLES}
join thread_position po on po.entry_id = e.id
where {_OF_PROCESS} and po.position > %s and po.position < %s order by po.position limit {CHUNK}
"""  # noqa: S608 -- constants of ours
_OPENINGS = f"""
select po.position, o.part, o.salt, o.value::text
from thread_entry e join thread_position po on po.entry_id = e.id
join thread_opening o on o.entry_id = e.id
join thread_record r on r.id = e.record_id join thread_audience ra on ra.id = r.audience_id
where {_OF_PROCESS} and po.position < %s and r.visibility = %s and ra.is_public
order by po.position, o.part collate "C"
"""  # noqa: S608 -- constants of ours
_UNSIGNED = f"""
select exists (select from thread_entry e left join thread_position po on po.entry_id = e.id
where {_OF_PROCESS} and (po.position is null or po.position >= %s))
"""  # noqa: S608 -- constants of ours


def process_proof_lines(process: UUID, mandate: UUID, size: int) -> Iterator[bytes]:
    """Every Entry of the process and of its order among the first ``size`` of the journal, in order."""
    last = -1
    while places := _rows(_PLACES, [process, [process, mandate], last, size]):
        positions = [row[0] for row in places]
        wanted = {node for each in positions for side in inclusion_nodes(each, size) for node in side}
        nodes = stored_nodes(sorted(wanted))
        for position, *columns in places:
            path = inclusion_proof(position, size, lambda _wanted, nodes=nodes: nodes)  # type: ignore[misc]
            leaf = json.loads(read_leaf(tuple(columns)).bytes)
            told = {"leaf": leaf, "path": [each.hex() for each in path], "position": position}
            yield canonical_json(told) + b"\n"
        last = positions[-1]


def process_opening_lines(process: UUID, mandate: UUID, size: int) -> Iterator[bytes]:
    """Of what is still shown alone: words hidden or withdrawn stay closed."""
    rows = _rows(_OPENINGS, [process, [process, mandate], size, Visibility.PUBLIC.value])
    for position, part, salt, value in rows:
        yield opening_line(position, part, bytes(salt), json.loads(value))


def is_all_signed(process: UUID, mandate: UUID, size: int) -> bool:
    """Whether a head over ``size`` Entries covers all of this process."""
    ((is_missing,),) = _rows(_UNSIGNED, [process, [process, mandate], size])
    return not is_missing


def _rows(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
