"""Reads of the thread. A missing Record and a forbidden one look alike."""

from democratic.thread.queries.records import (
    Card,
    RecordNotFound,
    Tombstone,
    cards,
    get_record_for,
    get_record_to_act_on,
    tombstone_of,
    waiting_of,
)

__all__ = [
    "Card",
    "RecordNotFound",
    "Tombstone",
    "cards",
    "get_record_for",
    "get_record_to_act_on",
    "tombstone_of",
    "waiting_of",
]
