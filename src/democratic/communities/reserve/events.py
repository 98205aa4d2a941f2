from democratic.thread.events import event

RESERVE_SCHEDULED = event("reserve_scheduled", words={"election"})
RESERVE_RESCHEDULED = event("reserve_rescheduled", words={"election", "reason", "function"})
RESERVE_EXCEPTION_MADE = event("reserve_exception_made", words={"reason", "function"})
RESERVE_EXCEPTION_ENDED = event("reserve_exception_ended")
