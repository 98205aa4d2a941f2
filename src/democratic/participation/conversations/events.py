from democratic.thread.events import event

SENT_PHOTO_SHOWN = event("sent_photo_shown", words={"file", "alternative"})
# The words are those of an agent who listened: the Entry says so beside them.
VOICE_WRITTEN_DOWN = event("voice_written_down")
