"""The life of one person's way through a flow."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RunState(models.TextChoices):
    OPEN = "open", _("En cours")
    DONE = "done", _("Terminée")
    LEFT = "left", _("Quittée pour une autre")
    SILENT = "silent", _("Sans suite")
    STOPPED = "stopped", _("Arrêtée par la personne")


NEXT: dict[str, frozenset[str]] = {
    RunState.OPEN: frozenset({RunState.DONE, RunState.LEFT, RunState.SILENT, RunState.STOPPED}),
    RunState.DONE: frozenset(),
    RunState.LEFT: frozenset(),
    RunState.SILENT: frozenset(),
    RunState.STOPPED: frozenset(),
}
