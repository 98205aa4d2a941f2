from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.data_classes import FUNCTION
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models import Record


class Owed(models.TextChoices):
    ANSWER = "answer", _("Réponse")
    COMMITMENT = "commitment", _("Engagement")
    ACTION = "action", _("Action")
    REPORT = "report", _("Bilan")


class Obligation(Row):
    """What a service owes, about which Record, and for when. The first promised date is never overwritten."""

    personal_data = NoPersonalData("owed by a service")

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="obligations", db_index=False)
    owed = models.CharField(max_length=12, choices=Owed)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="obligations")
    first_due_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    # Given up in public (not kept, withdrawn): no longer waited for, and not met.
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "owed"], name="one_obligation_per_kind")]
        indexes = [
            models.Index(
                fields=["service", "due_on"],
                condition=models.Q(met_on=None, ended_on=None),
                name="obligations_open",
            )
        ]


class Postponement(Row):
    """A date put off, with its reason: counted, and shown beside the first promise."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="postponements")
    previous_on = models.DateField()
    new_on = models.DateField()
    reason = models.TextField()
    function = models.CharField(max_length=200)
    postponed_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(new_on__gt=models.F("previous_on")), name="postponed_to_a_later_day"
            )
        ]
