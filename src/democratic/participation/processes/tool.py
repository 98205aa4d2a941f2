"""Acts that a stage may allow. A stage lists them; a closed stage refuses them."""

from enum import StrEnum


class Act(StrEnum):
    SUBMIT_IDEA = "submit_idea"
    COMMENT = "comment"
    SUPPORT = "support"
    GROUP = "group"
    ANSWER = "answer"
    DECIDE = "decide"
    ANSWER_POLL = "answer_poll"
