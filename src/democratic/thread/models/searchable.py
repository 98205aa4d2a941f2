from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from democratic.kernel.data_classes import SPEECH
from democratic.kernel.personal_data import PersonalData
from democratic.thread.models.record import Record

ERA = 8192  # rows
SHELF = Func(
    Cast("authority_id", models.TextField()),
    "era",
    function="hashtextextended",
    output_field=models.BigIntegerField(),
)


class RecordSearch(models.Model):
    """The vectors, apart: they are large, and rewritten with each wording.

    Beside them what a search filters and counts, as the Record says it: the database copies it (migration 0014),
    and a search of a thousand matches does not look up a thousand Records.
    """

    personal_data = PersonalData(SPEECH, of=("record__author",), hidden=("vector",))

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.CASCADE, related_name="search", db_index=False
    )
    vector = SearchVectorField()
    authority_id = models.UUIDField()
    process_id = models.UUIDField(null=True)
    audience_id = models.UUIDField()
    kind = models.CharField(max_length=12)
    origin = models.CharField(max_length=8)
    state = models.CharField(max_length=20, blank=True)
    visibility = models.CharField(max_length=10)
    # Rows in the order in which they came, so many an era: a search reads the newest eras, until it has enough.
    era = models.IntegerField(
        db_default=RawSQL(f"nextval('thread_recordsearch_rows') / {ERA}", ())  # noqa: S611 -- nobody's words
    )

    class Meta:
        # One number says whose and when: a search then meets two lists of the index, not three.
        indexes = [GinIndex(SHELF, "vector", name="record_search_shelf", fastupdate=False)]
