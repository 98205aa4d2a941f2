"""What a provider approved beforehand, to be said to who has not written lately."""

from typing import Any

from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models.channels import ChannelKind
from democratic.thread.models import Authority


class MessageTemplate(Row):
    """``name`` and ``language`` as the provider knows it; ``text`` as it approved it, with « {{1}} », « {{2}} »…

    ``parameters``: what stands in each of these places, in their order (``democratic.messaging.templates``).
    """

    personal_data = NoPersonalData("words that the authority had approved")

    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, related_name="templates", db_index=False
    )
    kind = models.CharField(max_length=10, choices=ChannelKind)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    text = models.TextField()
    parameters: Any = models.JSONField(default=list)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "name", "language"], name="one_template_per_name_and_language"
            )
        ]
