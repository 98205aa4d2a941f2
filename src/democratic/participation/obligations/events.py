from democratic.thread.events import event

OBLIGATION_OPENED = event("obligation_opened", words={"service"})
OBLIGATION_POSTPONED = event("obligation_postponed", words={"reason", "function"})
OBLIGATION_MET = event("obligation_met")
OBLIGATION_ENDED = event("obligation_ended")
OBLIGATION_REOPENED = event("obligation_reopened")
