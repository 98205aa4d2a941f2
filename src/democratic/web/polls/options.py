"""The buttons of a question, in the order that was decided, or in one drawn for each reader."""

import hashlib
import secrets
from collections.abc import Sequence

from democratic.participation.polls.models import Poll, PollOption
from democratic.web.charts.polls import label_of

Button = tuple[int, str, bool]
"""Rank, words, and whether it is what she answered."""


def buttons(poll: Poll, *, chosen: int | None = None, drawn_for: str | None = None) -> list[Button]:
    """``drawn_for``: the same reader finds the same order again; "" draws one for someone unknown."""
    options = list(poll.options.all())
    if drawn_for is not None:
        options = drawn(options, drawn_for or secrets.token_hex(8))
    return [(option.rank, label_of(poll, option), option.rank == chosen) for option in options]


def drawn(options: Sequence[PollOption], seed: str) -> list[PollOption]:
    """« Sans avis » stays last: it is no answer among others."""

    def place(option: PollOption) -> tuple[bool, str]:
        said = f"{seed}:{option.poll_id}:{option.rank}"
        return option.is_no_opinion, hashlib.sha256(said.encode()).hexdigest()

    return sorted(options, key=place)
