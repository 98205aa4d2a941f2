from democratic.thread.events import event

# Which service, and which of its places changed hands: never who, as agents' names are not public.
SERVICE_HANDED_OVER = event("service_handed_over")
