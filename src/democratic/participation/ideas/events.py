from democratic.thread.events import WORDS, event

IDEA_SUBMITTED = event("idea_submitted", words=WORDS | {"file", "alternative"})
IDEA_MERGED = event("idea_merged", words={"reason", "function"})
IDEA_UNMERGED = event("idea_unmerged", words={"reason", "function"})
