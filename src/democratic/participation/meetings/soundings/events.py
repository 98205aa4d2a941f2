from democratic.thread.events import WORDS, event

SOUNDING_OPENED = event("sounding_opened", words=WORDS | {"options", "ends"})
SOUNDING_CLOSED = event("sounding_closed")
# As ``counting.totals_of`` makes it; the words that people gave are opened apart.
SOUNDING_COUNTED = event("sounding_counted", words={"words"})
