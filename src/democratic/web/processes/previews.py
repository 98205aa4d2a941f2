"""Links that let a draft be read before it is published: signed, dated, and taken back at will."""

from uuid import UUID

from django.core import signing

from democratic.participation.processes.models import Preparation, Process
from democratic.thread.models import Authority, Visibility

LIFE = 7  # days
_SALT = "democratic.preview"


def preview_token(process: Process, key: str) -> str:
    """``key``: the draft's own; another key, and every link given before is dead."""
    return signing.dumps([str(process.pk), key], salt=_SALT)


def process_of_preview(authority: Authority, token: str) -> Process | None:
    """The draft that this link opens, at this authority; None when it is forged, too old, taken back or published."""
    try:
        process_id, key = signing.loads(token, salt=_SALT, max_age=LIFE * 24 * 3600)
        known = Preparation.objects.filter(process=UUID(process_id), preview_key=key)
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return None
    return Process.objects.filter(
        preparation__in=known, authority=authority, record__visibility=Visibility.DRAFT
    ).first()
