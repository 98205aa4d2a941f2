"""The life of a street session, as its Record says it: announced, gathered, told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Annoncé")
    HELD = "held", _("Tenu, en relecture")
    VALIDATED = "validated", _("Raconté")


NEXT = {
    SessionState.PLANNED: {SessionState.HELD},
    SessionState.HELD: {SessionState.VALIDATED},
    SessionState.VALIDATED: {SessionState.VALIDATED},  # a phone that comes back late
}
