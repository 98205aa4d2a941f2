from democratic.thread.events import event

PROCESS_CLOSED = event("process_closed", words={"function", "why_years", "why_fate"})
PACKAGE_PUBLISHED = event("package_published")
