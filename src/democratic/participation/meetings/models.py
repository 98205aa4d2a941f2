from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.participation.processes.models import Process
from democratic.thread.models import Record


class Meeting(models.Model):
    """A *rencontre*: when, where, and by which seats one can take part."""

    personal_data = NoPersonalData("seats are counted, nobody is named")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="meeting")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    access = models.CharField(max_length=200, blank=True)
    seats = models.JSONField(default=list)
    present = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_later"
            )
        ]
