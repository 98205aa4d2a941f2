from democratic.thread.actions.records.moderating import publish_held, set_shown, was_published
from democratic.thread.actions.records.opening import keep_claim_secret, open_record
from democratic.thread.actions.records.reserving import reserve_codes
from democratic.thread.actions.records.rewording import reword_record
from democratic.thread.actions.records.shown import bump_pages_of, index_words, set_state, set_state_of_each
from democratic.thread.actions.records.withdrawing import (
    refuse_if_withdrawn,
    withdraw_by_authority,
    withdraw_own,
)
from democratic.thread.actions.records.words import TEXT_LIMIT, TITLE_LIMIT, NewRecord, Words

__all__ = [
    "TEXT_LIMIT",
    "TITLE_LIMIT",
    "NewRecord",
    "Words",
    "bump_pages_of",
    "index_words",
    "keep_claim_secret",
    "open_record",
    "publish_held",
    "refuse_if_withdrawn",
    "reserve_codes",
    "reword_record",
    "set_shown",
    "set_state",
    "set_state_of_each",
    "was_published",
    "withdraw_by_authority",
    "withdraw_own",
]
