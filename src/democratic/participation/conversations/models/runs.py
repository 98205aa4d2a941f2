"""Where each person stands in a flow, and what she answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from democratic.kernel.data_classes import MARKS
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models import ChannelKind, Correspondent
from democratic.participation.conversations.models.flows import FlowCode, FlowRevision
from democratic.participation.conversations.states import RunState
from democratic.people.models import AgeBand
from democratic.thread.models import Record


class FlowRun(Row):
    """One person's way through a revision. ``correspondent`` is empty once she is gone: her answers are nobody's.

    ``due_at``: when her silence is noticed; ``heard_on`` keeps no finer time than the day.
    """

    personal_data = PersonalData(MARKS, of=("correspondent__person",))

    revision = models.ForeignKey(FlowRevision, on_delete=models.PROTECT, related_name="runs")
    correspondent = models.ForeignKey(
        Correspondent, null=True, on_delete=models.SET_NULL, related_name="runs", db_index=False
    )
    code = models.ForeignKey(FlowCode, null=True, on_delete=models.SET_NULL, related_name="runs")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    language = models.CharField(max_length=5)
    seed = models.IntegerField()
    step = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand, blank=True)
    misses = models.SmallIntegerField(default=0)
    offered = ArrayField(models.CharField(max_length=160), default=list)
    state = models.CharField(max_length=8, choices=RunState, default=RunState.OPEN)
    due_at = models.DateTimeField(null=True)
    started_on = models.DateField()
    heard_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["correspondent"],
                condition=models.Q(state="open", correspondent__isnull=False),
                name="one_open_run_per_correspondent",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", due_at__isnull=False)
                | (~models.Q(state="open") & models.Q(due_at=None)),
                name="an_open_run_is_due",
            ),
        ]
        indexes = [
            models.Index(fields=["correspondent"], name="runs_of_correspondent"),
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="runs_falling_silent"),
        ]


class FlowAnswer(Row):
    """One answer of a run. ``value``: an option's key, a number, a place; of a sentence, nothing but its Record."""

    personal_data = PersonalData(MARKS, of=("run__correspondent__person",))

    run = models.ForeignKey(FlowRun, on_delete=models.CASCADE, related_name="answers", db_index=False)
    step = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=160, blank=True)
    record = models.ForeignKey(
        Record, null=True, on_delete=models.SET_NULL, related_name="said_in_flows", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "step"], name="one_answer_per_step")]
        indexes = [
            models.Index(
                fields=["record"], condition=models.Q(record__isnull=False), name="flow_answers_of_record"
            )
        ]
