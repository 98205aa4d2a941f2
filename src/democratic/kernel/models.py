from django.db import models
from django.db.models.functions import Now

from democratic.kernel.data_classes import FILES, FORM, RATE
from democratic.kernel.personal_data import NoPersonalData, PersonalData


class IdempotencyKey(models.Model):
    """The first answer to a form, kept so that the same form sent twice shows it again."""

    personal_data = PersonalData(FORM, unlinked="a keyed hash of a form; no person is named")

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    fingerprint = models.CharField(max_length=64)
    location = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_answer_per_key")]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]


class RateCount(models.Model):
    """How often something was done in one window of time, counted for all workers together."""

    personal_data = PersonalData(RATE, unlinked="keyed hashes of networks and persons")

    bucket = models.CharField(max_length=96)
    window_start = models.DateTimeField()
    count = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bucket", "window_start"], name="one_count_per_window")
        ]
        indexes = [models.Index(fields=["window_start"], name="rate_count_age")]


class StoredFile(models.Model):
    """A file known by its content; whether it may be seen is decided by the Records that show it."""

    personal_data = PersonalData(FILES, of=("attachments__record__author",))

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    # In pixels; 0 for a document.
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
    # How long a recording lasts, as far as it says so itself.
    seconds = models.IntegerField(null=True)
    # What a screen reader would need of a document and does not find (``files.reading``), with commas between.
    lacks = models.CharField(max_length=40, blank=True, default="", db_default="")
    has_thumbnails = models.BooleanField(default=False)
    thumbnail_tries = models.SmallIntegerField(default=0)
    # None as long as a Record shows it.
    erase_after = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["erase_after"], name="files_to_erase", condition=models.Q(erase_after__isnull=False)
            ),
            models.Index(
                fields=["thumbnail_tries", "created_at"],
                name="files_without_thumbnails",
                condition=models.Q(has_thumbnails=False, width__gt=0),
            ),
        ]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


class PageVersion(models.Model):
    """The version of every stored page under one scope: an authority, or one process."""

    personal_data = NoPersonalData("a number")

    scope = models.UUIDField(primary_key=True)
    version = models.BigIntegerField(default=1)


class Outage(models.Model):
    """A part that is down for now, such as the mail server: pages say what doesn't work, and go on."""

    personal_data = NoPersonalData("which part of the installation does not answer")

    part = models.CharField(max_length=16, primary_key=True)
    since = models.DateTimeField(db_default=Now())


class Erasure(models.Model):
    """What was erased, so that it is erased again when an older backup is restored. Rows are only ever added."""

    personal_data = NoPersonalData("the identifier of what is gone, and the day")

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    target = models.UUIDField()
    erased_on = models.DateField(db_default=Now())
    # Once it is in var/erasures.jsonl, where a restore of the database cannot reach.
    is_outside = models.BooleanField(db_default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "target"], name="one_erasure_of_each")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(is_outside=False), name="erasures_to_keep_outside")
        ]


class Switch(models.Model):
    """What an operator turns on for the whole installation: a row is there as long as it is on."""

    personal_data = NoPersonalData("what an operator turned on")

    name = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField(db_default=Now())
    reason = models.CharField(max_length=300, blank=True)
