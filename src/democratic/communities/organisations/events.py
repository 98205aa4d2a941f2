from democratic.thread.events import event

ORGANISATION_OPENED = event("organisation_opened", words={"title", "text", "byline"})
# Who speaks for it: the name and the function are words, as everybody may read them and she may erase them.
MANDATE_TO_SPEAK_GIVEN = event("mandate_to_speak_given", words={"name", "function"})
MANDATE_TO_SPEAK_ENDED = event("mandate_to_speak_ended", words={"name", "function"})
