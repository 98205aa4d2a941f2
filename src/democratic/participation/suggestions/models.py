"""Themes proposed automatically. Nothing of them is public, and none is applied but by an agent."""

from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process
from democratic.thread.models import Record


class SuggestionRun(Row):
    """One look at all that stands in no theme yet, asked by an agent and made by the worker."""

    personal_data = NoPersonalData("how many contributions were compared, and how many came together")

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="suggestion_runs")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    voices = models.IntegerField(default=0)
    covered = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process"], condition=models.Q(done_at=None), name="one_suggestion_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(covered__lte=models.F("voices")), name="no_more_covered_than_voices"
            ),
        ]


class ThemeSuggestion(Row):
    """Contributions that share words. Decided once: in a theme, or dismissed."""

    personal_data = NoPersonalData("words that at least three contributions share")

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        DISMISSED = "dismissed"

    run = models.ForeignKey(SuggestionRun, on_delete=models.CASCADE, related_name="suggestions")
    rank = models.SmallIntegerField()
    words = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "rank"], name="one_suggestion_per_rank")]


class SuggestedVoice(Row):
    personal_data = NoPersonalData("a tie between a suggestion and a public contribution")

    suggestion = models.ForeignKey(ThemeSuggestion, on_delete=models.CASCADE, related_name="voices")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    rank = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["suggestion", "record"], name="one_voice_per_suggestion")
        ]
