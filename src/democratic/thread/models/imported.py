"""What came from elsewhere: whose it was there, and the votes that came without voters."""

from django.db import models

from democratic.kernel.data_classes import IMPORTED
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models.record import Record


class ExternalReference(Row):
    """The identity of something imported: (host, type, id). Never matched by number alone."""

    personal_data = PersonalData(IMPORTED, of=("person", "record__author"))

    host = models.CharField(max_length=253)
    type = models.CharField(max_length=60)
    external_id = models.CharField(max_length=120)
    record = models.ForeignKey(
        Record, null=True, on_delete=models.CASCADE, related_name="external_references"
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="external_references"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["host", "type", "external_id"], name="one_external_identity"),
            models.CheckConstraint(
                condition=models.Q(record__isnull=True) ^ models.Q(person__isnull=True),
                name="external_reference_of_one_thing",
            ),
        ]


class ImportedTally(Row):
    """Votes that came without voters: a number with its source, never persons."""

    personal_data = NoPersonalData("counts that came without voters")

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="imported_tallies")
    name = models.CharField(max_length=40)
    source = models.CharField(max_length=253)
    count = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "name", "source"], name="one_tally_per_source")
        ]
