"""A photo or a voice that answered a step: in private until an agent releases it, writes it down or removes it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import SENT_FILES
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.participation.conversations.models.runs import FlowAnswer


class FlowFile(Row):
    """``ref``: how its provider calls it, as long as it is to be fetched. ``words``: what was written under it.

    Only of who is 15 or more, as no step asks a child for one. ``not_before``: when it is asked for next.
    """

    personal_data = PersonalData(SENT_FILES, of=("answer__run__correspondent__person",), hidden=("ref",))

    class Medium(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Message vocal")

    class State(models.TextChoices):
        AWAITED = "awaited", _("À recevoir")
        KEPT = "kept", _("À relire")
        REFUSED = "refused", _("Non reçue")
        RELEASED = "released", _("Publiée")

    answer = models.OneToOneField(FlowAnswer, on_delete=models.CASCADE, related_name="file")
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
        ]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="awaited"), name="flow_files_to_fetch"),
            models.Index(fields=["sent_at"], condition=Q(state="kept"), name="flow_files_to_review"),
        ]
