"""Base of every table of ours: an identity made here, not by the server."""

from django.db import models

from democratic.kernel.ids import uuid7


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True
