from democratic.thread.events import WORDS, event

IDEA_SUBMITTED = event("idea_submitted", words=WORDS | {"file", "alternative"})
IDEA_MERGED = event("idea_merged", words={"reason", "function"})
IDEA_UNMERGED = event("idea_unmerged", words={"reason", "function"})
IDEA_SPLIT = event("idea_split", words={"reason", "function"})
IDEA_PART_OPENED = event("idea_part_opened", words=WORDS)
IDEA_REJOINED = event("idea_rejoined", words={"reason", "function"})
