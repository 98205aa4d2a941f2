"""A meeting told to those who came or meant to: the essential on the day after, then the minutes to be read again.

Who left no address and asked for nothing on a channel is told nothing: see ``effects``.
"""

from democratic.notices import texts
from democratic.notices.told import Told
from democratic.participation.meetings.minutes.queries import who_came, who_meant_to_come
from democratic.thread.addresses import public_url
from democratic.thread.journal.lines import JournalLine
from democratic.thread.models import Record


def caught_up(line: JournalLine, record: Record) -> Told | None:
    """Once: what is corrected afterwards rings at nobody's door."""
    if not line.data["is_first"]:
        return None
    return Told(
        "catch_up",
        who_came(record.pk) | who_meant_to_come(record.pk),
        {record.pk},
        lambda language: texts.catch_up_text(
            dict(line.words),
            record.title,
            public_url(record.authority, f"/rencontres/{record.code}/rattrapage", language),
            language,
        ),
        is_for_process=False,
    )


def proposed(line: JournalLine, record: Record) -> Told:
    """Who was there may ask for corrections until a day that is said."""
    return Told(
        "minutes",
        who_came(record.pk),
        set(),
        lambda language: texts.minutes_text(
            line.data["contested_until"],
            record.title,
            public_url(record.authority, f"/rencontres/{record.code}/compte-rendu", language),
            language,
        ),
        is_for_process=False,
    )
