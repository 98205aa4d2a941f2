from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official, Service
from democratic.kernel.data_classes import OFFICE
from democratic.kernel.personal_data import PersonalData
from democratic.thread.models import Record


class Level(models.TextChoices):
    """The power promised, after Arnstein's ladder as French town halls say it: it cannot be inflated."""

    INFORM = "inform", _("Informer")
    CONSULT = "consult", _("Consulter")
    INVOLVE = "involve", _("Concerter")
    CODECIDE = "codecide", _("Codécider")


class Mandate(models.Model):
    """A political order, « ce qui est demandé ». Its title and text are its Record's wording."""

    personal_data = PersonalData(OFFICE, of=("answerer__person",))

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="mandate")
    ordered_by = models.CharField(max_length=200)
    ordered_on = models.DateField()
    vote = models.CharField(max_length=200, blank=True)
    decidable = models.TextField()
    not_decidable = models.TextField()
    level = models.CharField(max_length=10, choices=Level)
    budget_cents = models.BigIntegerField(null=True)
    aimed_at = models.CharField(max_length=200)
    answer_due_on = models.DateField()
    answerer = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="mandates")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="mandates")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(budget_cents=None) | models.Q(budget_cents__gte=0),
                name="mandate_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(answer_due_on__gte=models.F("ordered_on")),
                name="mandate_answer_after_order",
            ),
        ]
