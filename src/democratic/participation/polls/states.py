"""The life of a question. Only the first step is an act: the others come by the clock."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.participation.polls.models import Poll


class PollState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    AHEAD = "ahead", _("À venir")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close")


def state_of(poll: Poll, now: datetime) -> PollState:
    """It opens inclusive, closes exclusive; once counted it does not open again, even if its stage moves."""
    opens_at, closes_at = poll.opens_at, poll.ends_at
    if opens_at is None:
        return PollState.DRAFT
    if poll.closed_at is not None or now >= closes_at:
        return PollState.CLOSED
    return PollState.AHEAD if now < opens_at else PollState.OPEN
