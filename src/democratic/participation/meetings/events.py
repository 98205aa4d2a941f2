from democratic.thread.events import WORDS, event

MEETING_ANNOUNCED = event("meeting_announced", words=WORDS | {"place"})
MEETING_HELD = event("meeting_held", words={"account"})
