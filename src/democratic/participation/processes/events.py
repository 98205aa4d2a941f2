from democratic.thread.events import WORDS, event

PROCESS_OPENED = event("process_opened", words=WORDS | {"asks", "use_of_input", "not_negotiable", "in_clear"})
STAGE_MOVED = event("stage_moved", words={"reason"})
STAGE_DONE = event("stage_done", words={"note"})
FIRST_WORDS_HELD = event("first_words_held")
