from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import MARKS, SPEECH
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models.audience import Authority
from democratic.thread.models.record import Record


class Comment(models.Model):
    """A word on a Record: for, against or neutral, threaded. Its own words are a Record."""

    personal_data = PersonalData(SPEECH, of=("record__author",))

    class Alignment(models.IntegerChoices):
        AGAINST = -1, _("Contre")
        NEUTRAL = 0, _("Neutre")
        FOR = 1, _("Pour")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="comment")
    subject = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replies")
    # The comment that starts the thread, itself for a first comment: a page loads whole threads by it.
    thread_start = models.UUIDField()
    depth = models.SmallIntegerField(default=0)
    alignment = models.SmallIntegerField(choices=Alignment, default=Alignment.NEUTRAL)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "thread_start", "record"], name="comment_threads"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth__gte=0, depth__lte=20), name="comment_depth_bounded"
            )
        ]


class Support(Row):
    """A Mark: one person, one support. The database's promise, not the view's."""

    personal_data = PersonalData(MARKS, of=("person",))

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="supports", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="supports")
    created_at = models.DateTimeField(db_default=Now())
    # Whether she was verified when she tapped, whatever she becomes later. None: not known, from before it was kept.
    is_verified = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="one_support_per_person")]


class Volume(models.TextChoices):
    ALL = "all", _("Tout")
    KEY = "key", _("Étapes clés")
    NEEDED = "needed", _("Seulement si l’on a besoin de moi")
    NOTHING = "nothing", _("Rien")


HEARD = (Volume.ALL, Volume.KEY)
"""At which one is told of the key steps of what one follows."""


class Follow(Row):
    """Private: who follows what never enters the journal."""

    personal_data = PersonalData(MARKS, of=("person",))

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="follows", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    volume = models.CharField(max_length=8, choices=Volume, default=Volume.KEY)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person"], name="one_follow_per_person")]


class FollowsAddress(Row):
    """The secret address at which a reader or an agenda asks for what one follows. Only its print is kept."""

    personal_data = PersonalData(MARKS, of=("person",), hidden=("secret_hash",))

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="follows_address")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()


class Tag(Row):
    personal_data = NoPersonalData("a word of the authority")

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=60)
    slug = models.SlugField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="one_tag_per_slug")]


class TagOnRecord(Row):
    personal_data = NoPersonalData("a word of the authority")

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="uses")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="tags", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "tag"], name="one_use_per_tag")]
