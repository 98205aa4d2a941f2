"""The order of the day: what is spoken of, how long it was meant to last, how long it did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.models import Meeting


class AgendaItem(Row):
    """One point. At most one of a meeting is under way: the database's promise."""

    class State(models.TextChoices):
        AHEAD = "ahead", _("À venir")
        NOW = "now", _("En cours")
        DONE = "done", _("Fini")

    personal_data = NoPersonalData("words of who convenes")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items", db_index=False)
    rank = models.SmallIntegerField()
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=5, choices=State, default=State.AHEAD)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "rank"],
                name="one_item_per_rank",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="now"), name="one_item_under_way"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="an_item_ends_later"
            ),
        ]
