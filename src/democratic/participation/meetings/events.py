from democratic.thread.events import WORDS, event

MEETING_ANNOUNCED = event("meeting_announced", words=WORDS | {"place"})
MEETING_HELD = event("meeting_held", words={"account"})
MEETING_OPENED = event("meeting_opened")
# {present: people by seat, spoken: seconds by seat and by side}: numbers, never names.
MEETING_CLOSED = event("meeting_closed")
FLOOR_RULE_CHANGED = event("floor_rule_changed", words={"function"})
# {place, rule, seat}: someone was called before her turn by the rule. Never who.
FLOOR_OVERRIDDEN = event("floor_overridden", words={"reason", "function"})
