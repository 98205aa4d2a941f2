from democratic.thread.events import WORDS, event

DECISION_PUBLISHED = event("decision_published", words=WORDS | {"reference", "body"})
COMMITMENT_MADE = event("commitment_made", words=WORDS | {"service"})
COMMITMENT_MOVED = event("commitment_moved", words={"note", "function"})
ACTION_PLANNED = event("action_planned", words=WORDS | {"service"})
ACTION_MOVED = event("action_moved", words={"note", "function"})
PROGRESS_TOLD = event("progress_told", words={"note", "function"})
EVIDENCE_GIVEN = event("evidence_given", words=WORDS | {"url", "alternative"})
