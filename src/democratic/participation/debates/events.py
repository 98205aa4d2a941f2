from democratic.thread.events import WORDS, event

DEBATE_OPENED = event("debate_opened", words=WORDS)
