from django.db import models

from democratic.kernel.data_classes import VISITS
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.stewardship.moderation.models import Alarm, Appeal, Notice, Ruling
from democratic.thread.models import Authority

__all__ = ["Alarm", "Appeal", "Notice", "RetentionRun", "Ruling", "SupportVisit"]


class RetentionRun(Row):
    """One passage of a job that forgets: which class of data, when, and how many rows went."""

    personal_data = NoPersonalData("a date and a count")

    data_class = models.CharField(max_length=20)
    job = models.CharField(max_length=120)
    ran_at = models.DateTimeField()
    forgotten = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["job", "-ran_at"], name="retention_last_run")]


class SupportVisit(Row):
    """An administrator opened a person's account to help her. Insert-only until it is old: see the trigger."""

    personal_data = PersonalData(VISITS, of=("visited", "visitor"))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="support_visits")
    visitor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits_made")
    visited = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visits_received")
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("started_at")), name="visit_ends_later"
            ),
            models.CheckConstraint(
                condition=~models.Q(visitor=models.F("visited")), name="nobody_visits_herself"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="visit_has_a_reason"),
        ]
        indexes = [models.Index(fields=["visited", "-started_at"], name="visits_received")]
