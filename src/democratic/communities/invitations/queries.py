from datetime import datetime

from django.db.models import QuerySet

from democratic.communities.invitations.states import is_waiting
from democratic.communities.models import Invitation
from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.thread.models import Authority


def hash_of(secret: str) -> str:
    return keyed_hash("invitation", read_claim_secret(secret))


def waiting_invitation(authority: Authority, secret: str, now: datetime) -> Invitation | None:
    """None for one that never was, is used, withdrawn or too old: they look alike."""
    found = Invitation.objects.filter(is_waiting(now), authority=authority, secret_hash=hash_of(secret))
    return found.select_related("authority", "process__wording").first()


def invitations_of(authority: Authority, *, offset: int, limit: int) -> tuple[list[Invitation], int]:
    """The newest first, and how many there are."""
    every: QuerySet[Invitation] = Invitation.objects.filter(authority=authority)
    page = every.select_related("process__wording").order_by("-invited_at", "-pk")[offset : offset + limit]
    return list(page), every.count()


def waits_for_someone_of(authority: Authority, email: str, now: datetime) -> bool:
    """Whether an invitation to a role here waits for the owner of this address."""
    return Invitation.objects.filter(is_waiting(now), authority=authority, email__iexact=email).exists()
