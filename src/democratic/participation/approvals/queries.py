from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from democratic.participation.approvals.links import LIFE
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.reading import Draft
from democratic.thread.models import Record


class Standing(StrEnum):
    """Where the last request about a draft stands. OTHER_TEXT: answered, on a text that has changed since."""

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
    """The last request that was not taken back, as it stands for the text of today."""
    asked = ApprovalRequest.objects.filter(record=record, withdrawn_at=None, official=draft.official)
    last = asked.select_related("official").order_by("-asked_at", "-pk").first()
    return Approval(_standing(last, draft, now), last)


def _standing(request: ApprovalRequest | None, draft: Draft, now: datetime) -> Standing:
    if request is None:
        return Standing.NEVER
    if request.answered_at is None:
        return Standing.WAITING if now < request.asked_at + LIFE else Standing.EXPIRED
    if request.text_print != draft.text_print:
        return Standing.OTHER_TEXT
    return Standing.APPROVED if request.is_approved else Standing.REFUSED
