from collections.abc import Mapping
from typing import Any

from democratic.thread.events import WORDS, event, upcaster

POLL_OPENED = event("poll_opened", words=WORDS | {"options"})
POLL_CHANGED = event("poll_changed", words=WORDS | {"options"})
REASON_GIVEN = event("poll_reason_given")
POLL_ENDED = event("poll_ended", words={"reason", "function"})
# As ``counting.totals_of`` makes it.
POLL_COUNTED = event("poll_counted", version=2)


def read_count(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was counted before the verified were told apart says nothing of them."""
    return {"verified": None, "split": {}, **data}


upcaster(POLL_COUNTED.kind, 1, read_count)
