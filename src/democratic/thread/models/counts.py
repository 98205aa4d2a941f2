"""Counts kept beside Records, never on them: nothing hot is fat."""

from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.thread.models.record import Record


class RecordFigures(models.Model):
    """Counts of one Record, written by the ``figures`` view of the journal alone."""

    personal_data = NoPersonalData("counts")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="figures", db_index=False
    )
    process_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=12)
    supports = models.IntegerField(default=0)
    # Of these, by people who were verified when they tapped. 0: fewer than five; None: not known.
    verified = models.IntegerField(null=True)
    comments_for = models.IntegerField(default=0)
    comments_against = models.IntegerField(default=0)
    comments_neutral = models.IntegerField(default=0)
    grouped = models.IntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["process_id", "kind", "-supports", "-record"], name="figures_most_supported")
        ]

    @property
    def comments(self) -> int:
        return self.comments_for + self.comments_against + self.comments_neutral


class ShelfCount(models.Model):
    """How many public Records of one kind a process shows, by each value that can be ticked.

    Written by triggers on Record alone, in each write's own transaction: rows that add up, so that two
    people who speak at once never wait for one another; summed now and then (see ``journal.shelves``).
    """

    personal_data = NoPersonalData("counts")

    process_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    audience_id = models.UUIDField()
    # state, origin, place, theme (its id as text, empty for none), or "all" with no value.
    facet = models.CharField(max_length=6)
    value = models.CharField(max_length=80, blank=True)
    n = models.IntegerField()
    is_sum = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["process_id", "kind", "audience_id"], name="shelf_counts"),
            models.Index(
                fields=["process_id", "kind", "audience_id"],
                name="shelf_counts_to_sum",
                condition=models.Q(is_sum=False),
            ),
        ]
