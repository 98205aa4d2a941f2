"""A photo or a voice that someone sent: in private until an agent releases it, writes it down or removes it."""

from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import SENT_FILES
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models import Correspondent
from democratic.participation.conversations.models.runs import FlowAnswer
from democratic.participation.inbox.models import InboxMessage


@dataclass(frozen=True, slots=True)
class Sent:
    """By whom, and how she is spoken to. ``by`` is empty once she is gone."""

    by: Correspondent | None
    kind: str
    language: str
    uses_tu: bool


class FlowFile(Row):
    """``ref``: how its provider calls it, as long as it is to be fetched. ``words``: what was written under it.

    It answers a step (``answer``), or came with words that fit none (``letter``): then it is never published.
    Only of who is 15 or more, as no step asks a child for one. ``not_before``: when it is asked for next.
    """

    personal_data = PersonalData(
        SENT_FILES,
        of=("answer__run__correspondent__person", "letter__conversation__person"),
        hidden=("ref",),
    )

    class Medium(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Message vocal")

    class State(models.TextChoices):
        AWAITED = "awaited", _("À recevoir")
        KEPT = "kept", _("À relire")
        REFUSED = "refused", _("Non reçue")
        RELEASED = "released", _("Publiée")

    answer = models.ForeignKey(FlowAnswer, null=True, on_delete=models.CASCADE, related_name="files")
    # Let go of before its letter is: its bytes would be nobody's otherwise.
    letter = models.ForeignKey(
        InboxMessage, null=True, on_delete=models.PROTECT, related_name="sent_files", db_index=False
    )
    medium = models.CharField(max_length=5, choices=Medium)
    state = models.CharField(max_length=8, choices=State)
    ref = models.CharField(max_length=1000, blank=True)
    words = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="flow_files")
    tries = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="awaited") & ~Q(ref="") | ~Q(state="awaited") & Q(ref=""),
                name="a_flow_file_is_named_while_awaited",
            ),
            models.CheckConstraint(
                condition=Q(state="kept", file__isnull=False) | ~Q(state="kept") & Q(file=None),
                name="a_flow_file_is_held_while_kept",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) ^ Q(letter=None), name="a_flow_file_answers_or_came_along"
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="awaited"), name="flow_files_to_fetch"),
            models.Index(fields=["sent_at"], condition=Q(state="kept"), name="flow_files_to_review"),
            models.Index(fields=["letter"], condition=Q(letter__isnull=False), name="flow_files_of_letter"),
        ]

    @property
    def sent(self) -> Sent:
        """Read with ``WITH_SENDER``."""
        if self.answer is not None:
            run = self.answer.run
            return Sent(run.correspondent, run.kind, run.language, run.revision.flow.process.uses_tu)
        if self.letter is None:
            raise LookupError("a file answers a step, or came along")
        her = self.letter.conversation.correspondent
        return Sent(her, her.kind if her else "", self.letter.conversation.language, uses_tu=False)


WITH_SENDER = (
    "answer__run__correspondent__authority",
    "answer__run__correspondent__person",
    "answer__run__revision__flow__process",
    "letter__conversation__correspondent__authority",
)
