from democratic.thread.events import WORDS, event

THEME_OPENED = event("theme_opened", words=WORDS)
CONTRIBUTION_GROUPED = event("contribution_grouped")
CONTRIBUTION_UNGROUPED = event("contribution_ungrouped")
CONTRIBUTION_INADMISSIBLE = event("contribution_inadmissible", words={"reason", "function"})
CONTRIBUTION_READMITTED = event("contribution_readmitted", words={"reason", "function"})
ANSWER_SIGNED = event("answer_signed", words=WORDS | {"reason", "name", "function", "passed_to"})
