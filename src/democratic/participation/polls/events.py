from democratic.thread.events import WORDS, event

POLL_OPENED = event("poll_opened", words=WORDS | {"options"})
POLL_CHANGED = event("poll_changed", words=WORDS | {"options"})
POLL_ENDED = event("poll_ended", words={"reason", "function"})
POLL_COUNTED = event("poll_counted")
REASON_GIVEN = event("poll_reason_given")
