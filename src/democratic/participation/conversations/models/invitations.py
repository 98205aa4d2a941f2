"""Whom we wrote to first: the code that her answer opens, and where her address came from."""

from django.db import models

from democratic.kernel.data_classes import LISTED
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models import Correspondent
from democratic.participation.conversations.models.flows import FlowCode

WHY_LIMIT = 600


class FlowInvitation(Row):
    """``why``: what QUI tells her, in her language. ``is_open`` until her first answer, which opens the code's flow."""

    personal_data = PersonalData(LISTED, of=("correspondent__person",))

    correspondent = models.OneToOneField(Correspondent, on_delete=models.CASCADE, related_name="invitation")
    code = models.ForeignKey(FlowCode, on_delete=models.CASCADE, related_name="invitations")
    why = models.CharField(max_length=WHY_LIMIT)
    is_open = models.BooleanField(default=True)
