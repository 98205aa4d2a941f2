from democratic.thread.events import WORDS, event

IDEA_SUBMITTED = event("idea_submitted", words=WORDS | {"file", "alternative"})
