"""Addresses that a campaign may write to first, what gives the right to, and each time that it did."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import LISTED
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models import ChannelKind, Correspondent, MessageTemplate
from democratic.participation.campaigns.models import NAME_LIMIT, WHAT_LIMIT, Campaign
from democratic.participation.conversations.models import FlowCode

TEXT_LIMIT = 1000
WAVE = "wave"  # the purpose of its messages begins so


class AddressList(Row):
    """``source`` and ``given_on``: where it comes from, and the day of the agreement or of the collection.

    ``stopped``: lines whose owner had said STOP, which were not kept. ``size``: those that were.
    ``erased_at``: its addresses are gone; what is left counts nobody in particular.
    """

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Ces personnes ont accepté de recevoir nos messages")
        TASK = "public_task", _("Mission d’intérêt public, pour un service qu’elles utilisent")

    personal_data = NoPersonalData("where a list comes from; its addresses are rows of their own")

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="lists", db_index=False)
    kind = models.CharField(max_length=10, choices=ChannelKind)
    name = models.CharField(max_length=NAME_LIMIT)
    language = models.CharField(max_length=5, default="fr")
    source = models.CharField(max_length=WHAT_LIMIT)
    basis = models.CharField(max_length=11, choices=Basis)
    given_on = models.DateField()
    erase_on = models.DateField()
    size = models.IntegerField()
    stopped = models.IntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", Lower("name"), name="one_list_per_name"),
            models.CheckConstraint(condition=~Q(source=""), name="a_list_says_where_it_comes_from"),
        ]


class ListedAddress(Row):
    """Someone of a list. The address itself is her Correspondent's: STOP takes it from there, for all lists."""

    personal_data = PersonalData(LISTED, of=("correspondent__person",))

    address_list = models.ForeignKey(
        AddressList, on_delete=models.CASCADE, related_name="addresses", db_index=False
    )
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="listed")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_list", "correspondent"], name="one_line_per_correspondent"
            )
        ]


class ListWave(Row):
    """One message to all of a list. ``body``: the words as they leave; ``reason``: why it waits.

    ``fare``: what one part costs, in thousandths of a euro, 0 when nobody said. ``parts``: of each message.
    The counts are of what is known of its messages: they stay when these are forgotten.
    """

    class State(models.TextChoices):
        RUNNING = "running", _("En cours")
        PAUSED = "paused", _("En pause")
        DONE = "done", _("Terminé")
        ENDED = "ended", _("Arrêté")

    personal_data = NoPersonalData("words of the authority's own, and numbers of nobody")

    address_list = models.ForeignKey(AddressList, on_delete=models.PROTECT, related_name="waves")
    code = models.ForeignKey(FlowCode, on_delete=models.CASCADE, related_name="waves")
    template = models.ForeignKey(
        MessageTemplate, null=True, on_delete=models.PROTECT, related_name="waves", db_index=False
    )
    body = models.TextField()
    # Of its template's places.
    values: Any = models.JSONField(default=list)
    why = models.CharField(max_length=600)
    parts = models.SmallIntegerField(default=1)
    fare = models.IntegerField(default=0)
    state = models.CharField(max_length=7, choices=State, default=State.RUNNING)
    reason = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)
    is_settled = models.BooleanField(default=False)
    sent = models.IntegerField(default=0)
    delivered = models.IntegerField(default=0)
    failed = models.IntegerField(default=0)
    stopped = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_list"],
                condition=Q(state__in=("running", "paused")),
                name="one_wave_at_a_time",
            ),
            models.CheckConstraint(condition=Q(fare__gte=0), name="a_message_costs_nothing_less"),
            models.CheckConstraint(condition=Q(delivered__lte=F("sent")), name="what_arrives_has_left"),
        ]
        indexes = [models.Index(fields=["begun_at"], condition=Q(is_settled=False), name="waves_to_follow")]

    @property
    def purpose(self) -> str:
        """Of each of its messages: one per person and wave, by the database's own constraint."""
        return f"{WAVE}:{self.pk.hex}"
