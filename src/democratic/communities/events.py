from democratic.thread.events import event

# Which of its public declarations an authority changed: "identity", "appearance", "logo", "languages".
AUTHORITY_DESCRIBED = event("authority_described")
# Which service, and which of its places changed hands: never who, as agents' names are not public.
SERVICE_HANDED_OVER = event("service_handed_over")
# Who orders, answers and signs in public: the name and the function are those of an office.
OFFICIAL_APPOINTED = event("official_appointed", words={"name", "function"})
OFFICE_ENDED = event("office_ended", words={"name", "function"})
