from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official, Service
from democratic.kernel.data_classes import DRAFTING, OFFICE
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.models import Record


class Verdict(models.TextChoices):
    KEPT = "kept", _("Retenu")
    PART = "part", _("Retenu en partie")
    UNKEPT = "unkept", _("Non retenu")
    PASSED = "passed", _("Transmis")


class Theme(models.Model):
    """A *sujet*: contributions that say the same thing, grouped by hand."""

    personal_data = NoPersonalData("a subject named by the authority")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="as_theme")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="themes")
    rank = models.SmallIntegerField(default=0)


class Answer(models.Model):
    """A reasoned answer to a theme or to one contribution. Signed, it can only be withdrawn in public."""

    personal_data = PersonalData(OFFICE, of=("signer__person", "approved_by"))

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="answer")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="answers")
    subject = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="answers")
    verdict = models.CharField(max_length=8, choices=Verdict)
    passed_to = models.CharField(max_length=160, blank=True)
    signer = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="answers")
    signed_name = models.CharField(max_length=120, blank=True)
    signed_function = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True)
    is_by_delegation = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)
    # One more each time it is written, and when it is signed: who saves over another's text is told so.
    version = models.IntegerField(default=1, db_default=1)
    approved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    approved_version = models.IntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(is_current=True), name="one_current_answer_per_subject"
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="passed") | ~models.Q(passed_to=""), name="passed_on_to_someone"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | models.Q(approved_version__isnull=False),
                name="approved_in_one_version",
            ),
        ]

    @property
    def is_approved(self) -> bool:
        """By someone else, as it is written now."""
        return self.approved_version is not None and self.approved_version == self.version


class AnswerHand(Row):
    """Who wrote which version of an answer. Never public: it tells who may not approve it."""

    personal_data = PersonalData(DRAFTING, of=("person",))

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="hands")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "version"], name="one_hand_per_version"),
        ]


class AnswerAssignment(Row):
    """A subject whose answer a service prepares, and for when. Private: what is signed says in public who answers.

    ``batch``: of those that were assigned by one act, told by one mail. Ended, it says why it was changed or taken back.
    """

    personal_data = PersonalData(DRAFTING, of=("assigned_by",))

    subject = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="assignments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="answer_assignments")
    due_on = models.DateField()
    batch = models.UUIDField()
    assigned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject"], condition=models.Q(ended_at=None), name="one_service_prepares_a_subject"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_because="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_because="")),
                name="assignment_ends_with_a_reason",
            ),
        ]
