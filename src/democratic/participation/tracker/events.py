from democratic.thread.events import event

# A service was asked, this month, where its open commitments and actions stand.
UPDATES_ASKED = event("updates_asked")
