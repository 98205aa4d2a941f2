from democratic.thread.events import WORDS, event

MEETING_ANNOUNCED = event("meeting_announced", words=WORDS | {"place"})
MEETING_HELD = event("meeting_held", words={"account"})
# {starts_at, ends_at}, and {was} when the hour moved: as it was announced first.
MEETING_CHANGED = event("meeting_changed", words={"place", "reason", "function"})
# {starts_at, ends_at, was}.
MEETING_POSTPONED = event("meeting_postponed", words={"title", "place", "reason", "function"})
MEETING_CANCELLED = event("meeting_cancelled", words={"title", "reason", "function"})
# {version}: *En cinq minutes*.
MEETING_BRIEFED = event("meeting_briefed", words={"stakes", "said", "to_decide", "who_decides"})
MEETING_OPENED = event("meeting_opened")
# {present: people by seat, spoken: seconds by seat and by side}: numbers, never names.
MEETING_CLOSED = event("meeting_closed")
FLOOR_RULE_CHANGED = event("floor_rule_changed", words={"function"})
# {place, rule, seat}: someone was called before her turn by the rule. Never who.
FLOOR_OVERRIDDEN = event("floor_overridden", words={"reason", "function"})
# {is_first}; ``account``: five lines at most; ``decisions``: a list of texts.
CATCH_UP_TOLD = event("catch_up_told", words={"account", "decisions"})
