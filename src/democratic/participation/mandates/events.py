from democratic.thread.events import WORDS, event

MANDATE_PUBLISHED = event(
    "mandate_published",
    words=WORDS | {"ordered_by", "decidable", "not_decidable", "aimed_at", "answerer"},
)
ANSWERER_CHANGED = event("answerer_changed", words={"previous", "answerer", "reason", "function"})
