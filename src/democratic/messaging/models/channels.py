"""The channels that an authority opened, and on which terms."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.thread.models import Authority


class ChannelKind(models.TextChoices):
    """By what people and the authority write to each other. E-mail has addresses of its own (``ContactAddress``)."""

    EMAIL = "email", _("E-mail")
    WIDGET = "widget", _("Fenêtre sur un site")
    KIOSK = "kiosk", _("Borne")
    MATRIX = "matrix", _("Matrix (Tchap)")
    PUSH = "push", _("Notification du navigateur")
    SMS = "sms", _("SMS")
    TELEGRAM = "telegram", _("Telegram")
    WHATSAPP = "whatsapp", _("WhatsApp")
    WEBHOOK = "webhook", _("Autre, par un webhook signé")


class ChannelUse(Row):
    """How an authority uses a channel. Off until its data-protection decision is recorded here.

    ``limits``: what its provider allows this month, over what the connector declares (``civics.reach.capabilities``).
    ``slot_at``: until when the provider's rate is spent. ``proved_at``: the first real delivery; empty, nothing was.
    """

    personal_data = NoPersonalData("an authority's own decision")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    decision = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    is_open = models.BooleanField(default=False)
    limits: Any = models.JSONField(default=dict, blank=True)
    quiet_from = models.SmallIntegerField(default=20)
    quiet_until = models.SmallIntegerField(default=10)
    weekly_cap = models.SmallIntegerField(default=2)
    slot_at = models.DateTimeField(db_default=Now())
    proved_at = models.DateTimeField(null=True)
    # Of a channel that is asked: up to where it was read.
    cursor = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind"], name="one_use_per_channel"),
            models.CheckConstraint(
                condition=models.Q(is_open=False)
                | (~models.Q(decision="") & models.Q(decided_on__isnull=False)),
                name="no_channel_without_its_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__range=(12, 24), quiet_until__range=(0, 12), weekly_cap__gte=1),
                name="channel_hours_are_hours",
            ),
        ]
