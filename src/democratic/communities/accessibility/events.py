from democratic.thread.events import event

ACCESSIBILITY_DECLARED = event("accessibility_declared")
