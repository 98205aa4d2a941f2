"""A question, its options, who answered what, and what was counted by hand."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import MARKS, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process, Stage
from democratic.people.models import Person
from democratic.thread.models import Origin, Record


class Shows(models.TextChoices):
    """When the totals are told. Until then they are told to nobody, and not even counted."""

    ANSWERED = "answered", _("Dès qu’on a répondu")
    CLOSED = "closed", _("À la clôture seulement")


class Poll(models.Model):
    """*Une question*: asked in a process, open with one of its stages. Its question is the Record's title."""

    personal_data = NoPersonalData("a question of the authority, and totals")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="poll")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="polls")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="polls")
    shows = models.CharField(max_length=8, choices=Shows, default=Shows.ANSWERED)
    is_shuffled = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    # Before its stage does; with it when empty.
    closes_at = models.DateTimeField(null=True)
    # When the last answer had been counted: it does not open again.
    closed_at = models.DateTimeField(null=True)
    # What was published last, as its Entry says it: see ``results.py``. Empty: nothing was.
    counted = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)
    # The first night on which what was published was not what the rows and the journal say; empty as long as it is.
    drifting_since = models.DateTimeField(null=True)

    @property
    def opens_at(self) -> datetime | None:
        """When one may answer; None for a draft. ``stage`` is read with the poll."""
        return max(self.opened_at, self.stage.opens_at) if self.opened_at else None

    @property
    def ends_at(self) -> datetime:
        """The first moment at which one may answer no more."""
        return min(self.closes_at, self.stage.closes_at) if self.closes_at else self.stage.closes_at


class PollOption(Row):
    """What one may answer. ``is_no_opinion``: « Sans avis », which has no words of its own, and stands last."""

    personal_data = NoPersonalData("words of the authority")

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options", db_index=False)
    rank = models.SmallIntegerField()
    label = models.CharField(max_length=120, blank=True)
    is_no_opinion = models.BooleanField(default=False)

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(fields=["poll", "rank"], name="one_option_per_rank"),
            models.CheckConstraint(
                condition=Q(is_no_opinion=True, label="") | (Q(is_no_opinion=False) & ~Q(label="")),
                name="an_option_has_words",
            ),
        ]


class PollAnswer(Row):
    """A Mark: one person, one answer, until she changes it. Nobody's, once she was erased after the count."""

    personal_data = PersonalData(MARKS, of=("person",))

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="answers", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="poll_answers")
    option = models.ForeignKey(PollOption, on_delete=models.PROTECT, related_name="answers")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.WEB)
    answered_at = models.DateTimeField(db_default=Now())
    # Whether she was verified when she answered; None: not known, from before it was kept.
    is_verified = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "person"], name="one_answer_per_person_and_poll")
        ]


class PollTally(Row):
    """A batch counted by hand, on paper or in a room: in the total once somebody else has counted it again."""

    personal_data = PersonalData(ROLES, of=("entered_by", "verified_by"))

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="tallies", db_index=False)
    origin = models.CharField(max_length=8, choices=Origin)
    batch = models.CharField(max_length=40)
    counts = models.JSONField()  # {rank of the option: number}
    total = models.IntegerField()
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_function = models.CharField(max_length=200)
    entered_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_function = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "origin", "batch"], name="one_tally_per_batch"),
            models.CheckConstraint(condition=Q(total__gte=1), name="a_tally_counts_someone"),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(entered_by=None) | ~Q(verified_by=F("entered_by")),
                name="a_tally_is_verified_by_another",
            ),
        ]
