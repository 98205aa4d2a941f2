from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process


class ClassSession(Row):
    """A *séance en classe*: a code, good for a few hours and so many pupils, that asks nothing of them but words."""

    personal_data = NoPersonalData("a class and its code: no pupil is named, and none is counted apart")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="class_sessions")
    code = models.CharField(max_length=8, unique=True)
    # What is shown with the words of every pupil; empty when the teacher wants none.
    byline = models.CharField(max_length=60, blank=True)
    seats = models.SmallIntegerField()
    taken = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seats__gte=1, taken__gte=0, taken__lte=models.F("seats")),
                name="no_more_pupils_than_seats",
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gte=models.F("opened_at")), name="class_closes_after_it_opens"
            ),
        ]
