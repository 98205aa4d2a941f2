"""The life of a vote in a meeting. Opening and closing are acts; the rest comes by the clock."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.participation.meetings.soundings.models import Sounding


class SoundingState(models.TextChoices):
    DRAFT = "draft", _("En préparation")
    OPEN = "open", _("On vote")
    LATER = "later", _("On vote en différé")
    COUNTING = "counting", _("On compte")  # the later votes are over, and not in the total yet
    FINAL = "final", _("Clos")


NEXT = {
    SoundingState.DRAFT: {SoundingState.OPEN},
    SoundingState.OPEN: {SoundingState.LATER, SoundingState.FINAL},
    SoundingState.LATER: {SoundingState.COUNTING},
    SoundingState.COUNTING: {SoundingState.FINAL},
    SoundingState.FINAL: set(),
}


def state_of(sounding: Sounding, now: datetime) -> SoundingState:
    """It closes exclusive, and does not open again: the same question is then asked again, as another vote."""
    if sounding.opened_at is None:
        return SoundingState.DRAFT
    if sounding.closed_at is None:
        return SoundingState.OPEN
    if sounding.is_final or sounding.later_until is None:
        return SoundingState.FINAL
    return SoundingState.LATER if now < sounding.later_until else SoundingState.COUNTING
