"""What arrives."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import INCOMING
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models.channels import ChannelKind
from democratic.thread.models import Authority


class IncomingMessage(Row):
    """What a connector received, before anything is done of it. Exactly once by (authority, kind, external_id).

    ``name``: the provider's own of it, until it is done. ``external_id``: its keyed print, which refuses what comes
    twice and which no provider can look up in what it kept itself.
    ``choice``: the button that was pressed. ``media``: ``[{"kind": "photo", "ref": …}]``, as the provider names them.
    ``shard``: messages of one address are carried out in their order, by one worker at a time.
    """

    personal_data = PersonalData(
        INCOMING, unlinked="whose it is is not looked up before it is carried out; its words go then"
    )

    class State(models.TextChoices):
        WAITING = "waiting", _("À traiter")
        HELD = "held", _("En attente de l’âge")
        DONE = "done", _("Traité")
        PARKED = "parked", _("Mis de côté : à regarder")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    external_id = models.CharField(max_length=250)
    name = models.CharField(max_length=250, blank=True, default="", db_default="")
    address = models.CharField(max_length=1000)
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=90, blank=True)
    media: Any = models.JSONField(default=list)
    language = models.CharField(max_length=5, blank=True)
    shard = models.SmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.SmallIntegerField(default=0)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "external_id"], name="one_incoming_message_per_name"
            )
        ]
        indexes = [
            models.Index(
                fields=["shard", "id"], condition=models.Q(state="waiting"), name="incoming_to_carry_out"
            ),
            models.Index(
                fields=["authority", "kind", "address"],
                condition=models.Q(state="held"),
                name="incoming_held_of_address",
            ),
        ]
