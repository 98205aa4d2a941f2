from django.db import models
from django.db.models.functions import Now


class IdempotencyKey(models.Model):
    """The first answer to a form, kept so that the same form sent twice shows it again."""

    personal_data = "none: scope is a keyed hash of the sender, kept two days"

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

    personal_data = "bucket is a keyed hash of an address or a person; windows older than a day are deleted"

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

    personal_data = "the file itself may show people; erased with the last Record that shows it"

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=100)
    # In pixels; 0 for a document.
    width = models.IntegerField(default=0)
    height = models.IntegerField(default=0)
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

    personal_data = "none"

    scope = models.UUIDField(primary_key=True)
    version = models.BigIntegerField(default=1)
