from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from democratic.participation.approvals.links import LIFE
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.reading import Draft
from democratic.thread.models import Record


class Standing(StrEnum):
    """Where a draft stands with her. OTHER_TEXT: what she was asked, or answered, was about another text."""

    NEVER = "never"
    WAITING = "waiting"
    EXPIRED = "expired"
    APPROVED = "approved"
    REFUSED = "refused"
    OTHER_TEXT = "other_text"


@dataclass(frozen=True, slots=True)
class Approval:
    standing: Standing
    request: ApprovalRequest | None = None


def approval_of(record: Record, draft: Draft, now: datetime) -> Approval:
    """As it stands for the text of today. What she said of it holds until she is asked again and answers."""
    asked = ApprovalRequest.objects.filter(record=record, withdrawn_at=None, official=draft.official)
    requests = list(asked.select_related("official").order_by("-asked_at", "-pk"))
    if not requests:
        return Approval(Standing.NEVER)
    return _standing([one for one in requests if one.text_print == draft.text_print], now) or Approval(
        Standing.OTHER_TEXT, requests[0]
    )


def _standing(of_this_text: Sequence[ApprovalRequest], now: datetime) -> Approval | None:
    """``of_this_text``: the latest first."""
    for request in of_this_text:
        if request.answered_at is not None:
            return Approval(Standing.APPROVED if request.is_approved else Standing.REFUSED, request)
        if now < request.asked_at + LIFE:
            return Approval(Standing.WAITING, request)
    return Approval(Standing.EXPIRED, of_this_text[0]) if of_this_text else None
