from django.db import models

from democratic.kernel.personal_data import NoPersonalData
from democratic.participation.processes.models import Process
from democratic.thread.models import Record


class Debate(models.Model):
    """A debate on which people comment. A stub stands for one that an import named but did not carry."""

    personal_data = NoPersonalData("a subject named by the authority")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="debate")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="debates")
    is_stub = models.BooleanField(default=False)
