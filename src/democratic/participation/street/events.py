from democratic.thread.events import WORDS, event

STREET_SESSION_PLANNED = event("street_session_planned", words=WORDS | {"place"})
STREET_SESSION_CHANGED = event("street_session_changed", words=WORDS | {"place"})
# {said, answered, refused, aside, bands, in_a_body}: counts; of fewer than five people, no detail.
STREET_SESSION_TOLD = event("street_session_told")
STREET_WALL_SHOWN = event("street_wall_shown", words={"file", "alternative"})
# {session, is_off}: a text of the net is read there, or is not any more.
SENT_TO_THE_STREET = event("sent_to_the_street")
HEARD_IN_THE_STREET = event("heard_in_the_street")
