from democratic.thread.events import WORDS, event

# ``change``: hidden, restored, refused (never published), or kept (nothing changed).
CONTENT_MODERATED = event("content_moderated", words=WORDS | {"ground"})
