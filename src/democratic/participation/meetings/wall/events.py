from democratic.thread.events import WORDS, event

QUESTION_PUT = event("question_put", words=WORDS)
QUESTION_CALLED = event("question_called")
QUESTION_PUT_BACK = event("question_put_back")
QUESTION_MERGED = event("question_merged", words={"reason", "function"})
QUESTION_UNMERGED = event("question_unmerged", words={"reason", "function"})
# {by_delegation}: written and published by an aide, in the name of who answers.
QUESTION_ANSWERED = event("question_answered", words={"text", "function"})
QUESTION_OWED = event("question_owed", words={"function"})
QUESTIONS_READ_FIRST = event("questions_read_first")
