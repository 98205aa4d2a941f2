"""What is kept beside a Record so that it is found and shown as it is now."""

from collections.abc import Sequence

from django.db import connection

from democratic.kernel import pages
from democratic.thread.actions.records.words import Words
from democratic.thread.models import Record

# What a search filters by beside the words is copied from the Record by the database.
_INDEX = """
insert into thread_recordsearch (record_id, vector) values (
  %s, setweight(to_tsvector('fr', %s), 'A') || setweight(to_tsvector('fr', %s), 'B'))
on conflict (record_id) do update set vector = excluded.vector
"""


def index_words(record: Record, words: Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INDEX, [record.pk, words.title, words.text])


def set_state(record: Record, state: str) -> None:
    """Copy a new state to the Record, for facets; the Entry is the caller's."""
    set_state_of_each([record], state)


def set_state_of_each(records: Sequence[Record], state: str) -> None:
    Record.objects.filter(pk__in=[record.pk for record in records]).update(state=state)
    for record in records:
        record.state = state


def bump_pages_of(record: Record) -> None:
    """What is shown changed: make stored pages stale in this transaction, so that nothing gone is shown."""
    pages.bump([record.authority_id, record.process_id or record.pk])
