"""What an observatory does in public. Names are parts of their own: they are all that may be erased."""

from democratic.thread.events import WORDS, event

OBSERVATORY_FOUNDED = event("observatory_founded", words=WORDS | {"body", "reference", "url"})
OBSERVATORY_CLOSED = event("observatory_closed", words={"reason", "function"})
MEMBER_SEATED = event("member_seated", words={"name", "body", "reference", "url"})
SEAT_ENDED = event("seat_ended", words={"name", "reason"})
HEARING_HELD = event(
    "hearing_held", words=WORDS | {"heard", "place", "recording", "transcript", "alternative"}
)
HEARING_CORRECTED = event("hearing_corrected", words={"note", "transcript"})
VERDICT_GIVEN = event("verdict_given", words=WORDS | {"minority", "dissenters"})
VERDICT_REPLIED = event("verdict_replied", words={"text", "name", "function"})
