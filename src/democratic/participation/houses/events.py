from democratic.thread.events import WORDS, event

TOPIC_OPENED = event("house_topic_opened", words=WORDS)
WORD_SET_ASIDE = event("house_word_set_aside", words={"reason"})
# {version, way, counts, binds}; points and minority: lists of texts.
OPINION_ADOPTED = event("opinion_adopted", words=WORDS | {"points", "minority"})
# {opinion, due_on, points}.
REFERRAL_SENT = event("referral_sent", words=WORDS | {"function"})
# {own, passed, refused, days_late, by_delegation}; points: [{text, power, passed_to, reason}].
REFERRAL_ANSWERED = event("referral_answered", words={"name", "function", "points"})
# {n, answered, agrees}: never of fewer than five.
REFERRAL_RATED = event("referral_rated")
