from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import IDENTITY
from democratic.kernel.personal_data import PersonalData
from democratic.participation.processes.models import Process
from democratic.people.models import AgeBand
from democratic.thread.models import Record


class IdeaState(models.TextChoices):
    """What became of it; a facet. The answer's verdict is copied here by the answer's own action."""

    RECEIVED = "received", _("Réponse attendue")
    KEPT = "kept", _("Retenue")
    PART = "part", _("Retenue en partie")
    UNKEPT = "unkept", _("Non retenue")
    PASSED = "passed", _("Transmise")
    INADMISSIBLE = "inadmissible", _("Hors du champ")
    SPLIT = "split", _("Scindée")
    REJOINED = "rejoined", _("Réunie à l’originale")


class Idea(models.Model):
    """What someone said, in her words: a contribution that is owed an answer."""

    personal_data = PersonalData(IDENTITY, of=("record__author",))

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="idea")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="ideas")
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNSAID)
