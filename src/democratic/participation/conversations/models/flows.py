"""A flow, its revisions, and the codes that open it."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process
from democratic.thread.models import Authority


class Flow(Row):
    """What a process asks by conversation. ``draft``: as it is being written; people are asked a revision of it.

    ``came_at``: when it arrived from another installation, shut; empty again once an agent opens it here.
    """

    personal_data = NoPersonalData("words of the authority's own")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="flows")
    name = models.CharField(max_length=80)
    draft: Any = models.JSONField()
    # Goes up at each change: two agents who write at once are told.
    edition = models.IntegerField(default=1)
    is_open = models.BooleanField(default=False)
    came_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("process", Lower("name"), name="one_flow_per_name")]


class FlowRevision(Row):
    """A flow as it was published, whole. Never changed: people inside an older one finish it."""

    personal_data = NoPersonalData("words of the authority's own")

    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="revisions", db_index=False)
    number = models.IntegerField()
    content: Any = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flow", "number"], name="one_flow_revision_per_number")
        ]


class FlowCode(Row):
    """What opens a flow, and says where someone came from: ``LYC-BRO`` on the poster of a lycée."""

    class Where(models.TextChoices):
        PLACE = "place", _("Lieu")
        SCHOOL = "school", _("Établissement")
        RELAY = "relay", _("Relais")
        AGENT = "agent", _("Agent")
        ONLINE = "online", _("En ligne")

    personal_data = NoPersonalData("places and relays, never people")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="flow_codes")
    flow = models.ForeignKey(Flow, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=20)
    where = models.CharField(max_length=8, choices=Where)
    label = models.CharField(max_length=80)
    # What it cost to put it there, in cents: the price of each new participant is told.
    cost = models.IntegerField(default=0)
    retired_at = models.DateTimeField(null=True)
    # Goes up when its screens are let go: what each keeps was of the one before.
    screens_epoch = models.IntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="one_flow_per_code"),
            models.CheckConstraint(condition=models.Q(cost__gte=0), name="flow_code_costs_nothing_less"),
        ]


class FlowOpening(Row):
    """How many times the page of a code was opened on a day: openings, not people, and nothing of who."""

    personal_data = NoPersonalData("a number a day, of nobody")

    code = models.ForeignKey(FlowCode, on_delete=models.CASCADE, related_name="openings", db_index=False)
    day = models.DateField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "day"], name="one_opening_count_per_day"),
            models.CheckConstraint(condition=models.Q(n__gt=0), name="openings_are_counted_from_one"),
        ]
