"""The signed link of a request for approval: seven days, one elected person, one text."""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.core import signing

from democratic.communities.models import Official
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.reading import Draft, draft_of
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority, Visibility

LIFE = timedelta(days=7)
_SALT = "democratic.approval"


class Over(StrEnum):
    """Why a link opens nothing. UNKNOWN: forged, of another authority, or of who is in office no more."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    TAKEN_BACK = "taken_back"
    PUBLISHED = "published"
    CHANGED = "changed"


def url_of(request: ApprovalRequest, authority: Authority, language: str) -> str:
    return public_url(authority, path_of(request.pk), language)


def path_of(request: UUID) -> str:
    """For her mail, and for her own desk."""
    return f"/approbation/{signing.dumps(str(request), salt=_SALT)}"


def request_at(authority: Authority, token: str, now: datetime) -> tuple[ApprovalRequest, Draft] | Over:
    """The request, answered or not, and the text that it is about."""
    try:
        pk = UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return Over.UNKNOWN
    related = ("official__person__account", "record__authority", "record__wording")
    found = ApprovalRequest.objects.select_related(*related).filter(pk=pk, record__authority=authority)
    request = found.first()
    draft = draft_of(request.record) if request else None
    if request is None or draft is None:
        return Over.UNKNOWN
    return why_over(request, draft, now) or (request, draft)


def why_over(request: ApprovalRequest, draft: Draft, now: datetime) -> Over | None:
    """``draft``: what its Record says now. None while the link still opens it."""
    if not is_reachable(request.official):
        return Over.UNKNOWN
    if request.withdrawn_at is not None:
        return Over.TAKEN_BACK
    if request.record.visibility != Visibility.DRAFT:
        return Over.PUBLISHED
    if now >= request.asked_at + LIFE:
        return Over.EXPIRED
    return Over.CHANGED if draft.text_print != request.text_print else None


def is_reachable(official: Official) -> bool:
    """In office, with an account that opens."""
    account = getattr(official.person, "account", None)
    return official.until is None and account is not None and account.is_active
