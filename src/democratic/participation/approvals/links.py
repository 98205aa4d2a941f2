"""The signed link of a request for approval: seven days, one elected person, one draft."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from democratic.participation.approvals.models import ApprovalRequest
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority

LIFE = timedelta(days=7)
_SALT = "democratic.approval"


def url_of(request: ApprovalRequest, authority: Authority, language: str) -> str:
    return public_url(authority, f"/approbation/{signing.dumps(str(request.pk), salt=_SALT)}", language)


def request_at(authority: Authority, token: str, now: datetime) -> ApprovalRequest | None:
    """None for one that never was, is too old, was taken back, or is of who is in office no more."""
    try:
        pk = UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None
    found = ApprovalRequest.objects.filter(
        pk=pk,
        record__authority=authority,
        withdrawn_at=None,
        asked_at__gt=now - LIFE,
        official__until=None,
        official__person__account__is_active=True,
    )
    return found.select_related("official__person", "record__authority", "record__wording").first()
