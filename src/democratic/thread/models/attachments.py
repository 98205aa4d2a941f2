from django.db import models

from democratic.kernel.data_classes import FILES
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models.record import Record


class Attachment(Row):
    """A Record shows a file: the only thing that lets a file be seen."""

    personal_data = PersonalData(FILES, of=("record__author",))

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="attachments")
    # What an image shows, for who does not see it; asked for each image, empty for a document.
    alternative = models.CharField(max_length=300, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["record", "file"], name="a_record_shows_a_file_once"),
            models.UniqueConstraint(fields=["record", "position"], name="one_attachment_per_position"),
        ]
