from democratic.thread.events import WORDS, event

MEETING_ANNOUNCED = event("meeting_announced", words=WORDS | {"place"})
MEETING_HELD = event("meeting_held", words={"account"})
# {is_first}; ``account``: five lines at most; ``decisions``: a list of texts.
CATCH_UP_TOLD = event("catch_up_told", words={"account", "decisions"})
