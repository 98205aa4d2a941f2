"""The life of an invitation. Only the clock makes it expire, and nothing brings it back."""

from datetime import datetime, timedelta

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Invitation

LIFE = timedelta(days=7)


class InvitationState(TextChoices):
    WAITING = "waiting", _("En attente")
    ACCEPTED = "accepted", _("Acceptée")
    EXPIRED = "expired", _("Expirée")
    WITHDRAWN = "withdrawn", _("Retirée")


def state_of(invitation: Invitation, now: datetime) -> InvitationState:
    if invitation.accepted_at:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.WAITING if now < invitation.expires_at else InvitationState.EXPIRED


def is_waiting(now: datetime) -> Q:
    return Q(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
