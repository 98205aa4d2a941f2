"""The life of a meeting, as its Record says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingState(models.TextChoices):
    DRAFT = "draft", _("Brouillon")
    ANNOUNCED = "announced", _("Annoncée")
    LIVE = "live", _("En direct")
    CLOSED = "closed", _("Terminée")
    HELD = "held", _("Racontée")  # its account is published
    CANCELLED = "cancelled", _("Annulée")


NEXT = {
    MeetingState.DRAFT: {MeetingState.ANNOUNCED},
    MeetingState.ANNOUNCED: {MeetingState.LIVE, MeetingState.HELD, MeetingState.CANCELLED},
    MeetingState.LIVE: {MeetingState.CLOSED},
    MeetingState.CLOSED: {MeetingState.LIVE, MeetingState.HELD},
    MeetingState.HELD: set(),
    MeetingState.CANCELLED: set(),
}
