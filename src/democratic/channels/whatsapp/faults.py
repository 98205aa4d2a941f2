"""What the API refuses, in the words of the port."""

from democratic.channels.calling import DAY, said
from democratic.kernel.outbound import Answer
from democratic.messaging.ports import Later, Refused, Undeliverable, WindowShut

# Of the published list of errors: those that pass, and after how many seconds; the one that her next word ends.
PASSING = {
    4: 60, 80007: 60, 130429: 2, 131056: 6, 131048: 3600, 131000: 0, 131016: 60, 131057: 600, 133004: 60,
    # The operator's to mend: a key, a permission, a bill, a number that is not registered, an account that is locked.
    0: 300, 3: 300, 10: 300, 190: 300, 200: 300, 368: DAY, 131005: 300, 131031: DAY, 131042: 300, 133010: 300,
}  # fmt: skip
SHUT, PAIR = 131047, 131056  # the second: too much to one person


def fault_in(answer: Answer) -> Undeliverable:
    code = said(answer).get("error", {}).get("code", answer.status)
    if code == SHUT:
        return WindowShut(f"WhatsApp {code}")
    if code in PASSING:
        return Later(f"WhatsApp {code}", after=PASSING[code], is_alone=code == PAIR)
    return Refused(f"WhatsApp {code}")
