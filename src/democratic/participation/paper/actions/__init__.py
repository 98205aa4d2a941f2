"""Writes of paper: a pile opened, entered, entered again, settled, told; its scans received."""

from democratic.participation.paper.actions.batches import NewBatch, drop_batch, open_batch
from democratic.participation.paper.actions.checking import check_entry, hand_of, settle_differences
from democratic.participation.paper.actions.entering import finish_entry, keep_draft, look_over
from democratic.participation.paper.actions.scanning import MOST_BYTES, MOST_FILES, receive_scan, settle_page

__all__ = [
    "MOST_BYTES",
    "MOST_FILES",
    "NewBatch",
    "check_entry",
    "drop_batch",
    "finish_entry",
    "hand_of",
    "keep_draft",
    "look_over",
    "open_batch",
    "receive_scan",
    "settle_differences",
    "settle_page",
]
