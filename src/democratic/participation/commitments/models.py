from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official, Service
from democratic.kernel.data_classes import OFFICE
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.participation.processes.models import Process
from democratic.thread.models import Record


class CommitmentState(models.TextChoices):
    DUE = "due", _("À venir")
    DOING = "doing", _("En cours")
    KEPT = "kept", _("Tenu")
    PART = "part", _("Tenu en partie")
    UNKEPT = "unkept", _("Non tenu")


class ActionState(models.TextChoices):
    PLANNED = "due", _("Prévue")
    DOING = "doing", _("En cours")
    DONE = "kept", _("Faite")
    ABANDONED = "unkept", _("Abandonnée")


class Decision(models.Model):
    """What the assembly or the authority decided, with its reference and its votes."""

    personal_data = NoPersonalData("about an assembly")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="decision")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="decisions")
    decided_on = models.DateField()
    reference = models.CharField(max_length=120)
    body = models.CharField(max_length=160)
    url = models.URLField(max_length=500, blank=True)
    votes_for = models.IntegerField(null=True)
    votes_against = models.IntegerField(null=True)
    abstentions = models.IntegerField(null=True)


class Commitment(models.Model):
    """An *engagement*: what the authority promised to do. Its dates are its Obligation's."""

    personal_data = NoPersonalData("owed by a service")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="commitment"
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="commitments")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="commitments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="commitments")
    cost_cents = models.BigIntegerField(null=True)


class GivenWord(models.Model):
    """What an elected person promised face to face, as an agent noted it: a draft decision until she accepts it.

    ``signature``: the name that she signed with, on the spot. What she does not accept goes whole, at its term.
    """

    personal_data = PersonalData(OFFICE, of=("official__person",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="given_word"
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="given_words")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="given_words")
    due_on = models.DateField()
    given_on = models.DateField()
    reference = models.CharField(max_length=120)
    signature = models.CharField(max_length=100, blank=True)


class Action(models.Model):
    """A piece of work that keeps a commitment."""

    personal_data = NoPersonalData("owed by a service")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="action")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="actions")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="actions")
    cost_cents = models.BigIntegerField(null=True)


class Evidence(models.Model):
    """What shows that it was done, or was not: a link, or a file that its Record shows, with who gave it."""

    personal_data = NoPersonalData("a link; a photo is an Attachment of its Record")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="evidence")
    subject = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="evidence_given")
    url = models.URLField(max_length=500, blank=True)
