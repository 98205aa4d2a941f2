from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.kernel.data_classes import OFFICE
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.participation.processes.models import Process
from democratic.thread.models import Record


class Verdict(models.TextChoices):
    KEPT = "kept", _("Retenu")
    PART = "part", _("Retenu en partie")
    UNKEPT = "unkept", _("Non retenu")
    PASSED = "passed", _("Transmis")


class Theme(models.Model):
    """A *sujet*: contributions that say the same thing, grouped by hand."""

    personal_data = NoPersonalData("a subject named by the authority")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="as_theme")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="themes")
    rank = models.SmallIntegerField(default=0)


class Answer(models.Model):
    """A reasoned answer to a theme or to one contribution. Signed, it can only be withdrawn in public."""

    personal_data = PersonalData(OFFICE, of=("signer__person",))

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="answer")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="answers")
    subject = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="answers")
    verdict = models.CharField(max_length=8, choices=Verdict)
    passed_to = models.CharField(max_length=160, blank=True)
    signer = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="answers")
    signed_name = models.CharField(max_length=120, blank=True)
    signed_function = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True)
    is_by_delegation = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(is_current=True), name="one_current_answer_per_subject"
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="passed") | ~models.Q(passed_to=""), name="passed_on_to_someone"
            ),
        ]
