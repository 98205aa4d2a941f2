"""A campaign as it is planned: its publics and how each is reached, its codes, its schedule; and who lives there."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.conversations.models import Flow, FlowCode
from democratic.participation.processes.models import Process
from democratic.people.models import AgeBand
from democratic.thread.models import Authority, Place

NAME_LIMIT, WHAT_LIMIT = 80, 200


class Means(models.TextChoices):
    """By what a public is to be reached: a word of the plan, wider than the channels that carry messages."""

    POSTER = "poster", _("Affiche à code")
    CHAT = "chat", _("Messagerie")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
    SITE = "site", _("Fenêtre sur un site")
    KIOSK = "kiosk", _("Borne")
    STREET = "street", _("Rendez-vous de rue")
    CLASS = "class", _("En classe")
    PAPER = "paper", _("Papier")
    RELAY = "relay", _("Un relais, de vive voix")


class Campaign(Row):
    """``goal``: how many people are to answer up to the end.

    ``before``: what it brought where it was before it moved, of rows that stayed there (``leaving.py``).
    """

    personal_data = NoPersonalData("a plan of the authority's own")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(max_length=NAME_LIMIT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    goal = models.IntegerField()
    before: Any = models.JSONField(default=dict, db_default={}, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("process", Lower("name"), name="one_campaign_per_name"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_later"),
            models.CheckConstraint(condition=Q(goal__gt=0), name="campaign_wants_someone"),
        ]


class CampaignPublic(Row):
    """Whom one wants to hear. Without bands: of any age; without a place: from anywhere."""

    personal_data = NoPersonalData("a kind of people, never one of them")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="publics", db_index=False)
    name = models.CharField(max_length=NAME_LIMIT)
    bands = ArrayField(models.CharField(max_length=10, choices=AgeBand), default=list)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="campaign_publics")
    goal = models.IntegerField()
    means = ArrayField(models.CharField(max_length=6, choices=Means), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint("campaign", Lower("name"), name="one_public_per_name"),
            models.CheckConstraint(condition=Q(goal__gt=0), name="public_wants_someone"),
        ]


class CampaignCode(Row):
    """Which public a code was given for: a row of its own, so that conversations know nothing of campaigns."""

    personal_data = NoPersonalData("places and relays, never people")

    public = models.ForeignKey(CampaignPublic, on_delete=models.CASCADE, related_name="codes")
    code = models.OneToOneField(FlowCode, on_delete=models.CASCADE, related_name="in_campaign")


class CampaignStep(Row):
    """A line of the schedule. ``TASK`` is ticked by an agent; what opens and shuts a flow is done at its hour."""

    class Kind(models.TextChoices):
        TASK = "task", _("À faire par un agent")
        OPEN = "open", _("Ouvrir une conversation")
        SHUT = "shut", _("Fermer une conversation")

    personal_data = NoPersonalData("what is to be done, and when; who did it is not kept")

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.TASK)
    due_at = models.DateTimeField()
    what = models.CharField(max_length=WHAT_LIMIT)
    means = models.CharField(max_length=6, choices=Means, blank=True)
    relay = models.CharField(max_length=NAME_LIMIT, blank=True)
    flow = models.ForeignKey(
        Flow, null=True, on_delete=models.CASCADE, related_name="campaign_steps", db_index=False
    )
    done_at = models.DateTimeField(null=True)
    # Its hour came, and the flow could not be published as it is written: tried again until it can.
    is_stuck = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="task", flow=None) | (~Q(kind="task") & Q(flow__isnull=False)),
                name="a_step_names_its_flow",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at=None) & ~Q(kind="task"),
                name="campaign_steps_to_carry_out",
            )
        ]


class CensusCount(Row):
    """How many people of a band live in a municipality, as a named source of a year tells: replaced whole."""

    personal_data = NoPersonalData("published counts of inhabitants")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="census", db_index=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="census")
    age_band = models.CharField(max_length=10, choices=AgeBand)
    people = models.IntegerField()
    source = models.CharField(max_length=WHAT_LIMIT)
    year = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "place", "age_band"], name="one_census_count_per_cell"
            ),
            models.CheckConstraint(condition=Q(people__gte=0), name="census_counts_people"),
        ]
