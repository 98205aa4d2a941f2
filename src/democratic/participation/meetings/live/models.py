"""What the screens of a meeting are told, numbered, and what is to be told next."""

from django.db import models
from django.db.models.functions import Now

from democratic.kernel.personal_data import NoPersonalData
from democratic.participation.meetings.models import Meeting


class Topic(models.TextChoices):
    """A part of the screens that is made anew as a whole: what came before of the same topic is then of no use."""

    STATE = "state"  # announced, open, closed; how many are here by each seat
    AGENDA = "agenda"
    FLOOR = "floor"  # who speaks, who is next, and why
    WALL = "wall"
    SOUNDING = "sounding"
    CAPTIONS = "captions"
    TEAM = "team"  # for those who run the meeting alone


class LiveTouch(models.Model):
    """Written by an act, in its transaction: this topic is to be made anew. Taken away by the one who tells."""

    personal_data = NoPersonalData("which part of which screen")

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.CharField(max_length=8, choices=Topic)


class LiveEvent(models.Model):
    """One topic as everyone was told it, in each language; numbered in its meeting without a gap."""

    personal_data = NoPersonalData("what the public page says; erased a day after the meeting")

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="live_events", db_index=False)
    number = models.PositiveIntegerField()
    topic = models.CharField(max_length=8, choices=Topic)
    # HTML by language.
    said = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="one_event_per_number")]
