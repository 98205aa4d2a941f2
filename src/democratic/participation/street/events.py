from democratic.thread.events import WORDS, event

STREET_SESSION_PLANNED = event("street_session_planned", words=WORDS | {"place"})
STREET_SESSION_CHANGED = event("street_session_changed", words=WORDS | {"place"})
# {said, answered, refused, bands, in_a_body}: counts, of fewer than five people nothing more than their number.
STREET_SESSION_TOLD = event("street_session_told", words={"file", "alternative"})
SENT_TO_THE_STREET = event("sent_to_the_street")
HEARD_IN_THE_STREET = event("heard_in_the_street")
