"""A sheet that a service filled in offline. Private: it writes drafts, and nothing of it is published."""

from uuid import UUID

from django.db import models

from democratic.kernel.data_classes import DRAFTING
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.answers.models import Answer
from democratic.participation.processes.models import Process
from democratic.participation.sheets.states import SheetState
from democratic.people.models import Person
from democratic.thread.models import Record


class AnswerSheet(Row):
    personal_data = PersonalData(DRAFTING, of=("uploader",))

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="answer_sheets")
    uploader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, default=SheetState.RECEIVED)
    received_at = models.DateTimeField()
    # Until then another worker leaves it alone: one that was killed lets it go by itself.
    held_until = models.DateTimeField(null=True)
    # Since it last moved on: one that ends its worker each time is let go.
    tries = models.SmallIntegerField(default=0)
    lines = models.IntegerField(default=0)  # under the headings, empty ones included
    lines_read = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    empty = models.IntegerField(default=0)
    applied_to = models.IntegerField(
        default=0
    )  # the number of the last line that was looked at to be written
    written = models.IntegerField(default=0)
    fault = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["process", "-received_at"], name="sheet_of_process"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(state__in=["received", "reading", "applying"]),
                name="sheet_at_work",
            ),
        ]


class SheetContent(models.Model):
    """The bytes that were sent, apart from what is listed; gone as soon as they are read."""

    personal_data = NoPersonalData("answers of a service, erased once read; who sent them is on the sheet")

    sheet = models.OneToOneField(
        AnswerSheet, primary_key=True, on_delete=models.CASCADE, related_name="content"
    )
    content = models.BinaryField()


class SheetRow(Row):
    """A line that changes something, or cannot. What changes nothing is counted, not kept."""

    personal_data = NoPersonalData("a service's answer to what was said, under the sheet of who sent it")

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="rows")
    number = models.IntegerField()  # as the spreadsheet shows it, headings counted
    cell = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(max_length=10)
    problem = models.CharField(max_length=12, blank=True)
    detail = models.CharField(max_length=80, blank=True)
    subject = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, blank=True)
    passed_to = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)
    # Of the subject's answers when the line was read: what moved since is a conflict too.
    stamp = models.IntegerField(default=0)
    choice = models.CharField(max_length=6, blank=True)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="one_row_per_line"),
        ]
        indexes = [models.Index(fields=["sheet", "outcome", "number"], name="sheet_row_outcome")]

    @property
    def about(self) -> UUID:
        """Its subject's; that of nothing, for a line of which none is known."""
        return self.subject_id or UUID(int=0)
