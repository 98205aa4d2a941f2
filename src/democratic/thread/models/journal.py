from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import SPEECH
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.thread.models.audience import Authority
from democratic.thread.models.record import Origin, Record


class Entry(Row):
    """A public fact. Insert-only: a trigger refuses update and delete.

    No person identifier; ``day`` is as fine as time gets for people's own acts. ``at`` is set for acts of
    the authority alone. What an Entry says in words is in its Openings: the journal hashes commitments.
    """

    personal_data = NoPersonalData("a public fact without name or words: both are in its Openings")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=40)
    version = models.SmallIntegerField(default=1)
    # Null for what concerns the installation itself, such as a new epoch.
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="entries")
    process = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="entries_inside")
    origin = models.CharField(max_length=8, choices=Origin)
    day = models.DateField()
    at = models.DateTimeField(null=True)
    data = models.JSONField(default=dict)
    commitments = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["process", "-id"], name="entry_newest_of_process")]


class Opening(Row):
    """The words behind a commitment: the only row of the journal that may be deleted."""

    personal_data = PersonalData(SPEECH, of=("entry__record__author",), hidden=("salt",))

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings", db_index=False)
    part = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=16)
    value = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "part"], name="one_opening_per_part")]


class PendingEntry(models.Model):
    """An Entry that waits for its position; written with it, taken by the sequencer."""

    personal_data = NoPersonalData("the place of a public fact")

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="pending")


class Position(models.Model):
    """The place of an Entry in the tree, given by the one sequencer."""

    personal_data = NoPersonalData("the place of a public fact")

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="place_in_journal")
    leaf_hash = models.BinaryField(max_length=32)


class TreeNode(models.Model):
    """The hash of a complete subtree, so that a proof costs look-ups and not a recomputation."""

    personal_data = NoPersonalData("hashes of public facts")

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)


class Head(models.Model):
    """The one row on which the sequencer compares and swaps."""

    personal_data = NoPersonalData("hashes of public facts")

    one = models.BooleanField(primary_key=True, default=True)
    epoch = models.IntegerField(default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.JSONField(default=list)
    root = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(one=True), name="one_head")]


class SignedHead(models.Model):
    """A head that was published: who says so can be held to it."""

    personal_data = NoPersonalData("hashes of public facts")

    epoch = models.IntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    body = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "size"], name="one_signature_per_size")]


class LinkKind(models.TextChoices):
    """What follows from what, read source → target."""

    COMMISSIONED = "commissioned", _("a donné lieu à")  # mandate → process
    SAID_IN = "said_in", _("dit dans")  # process → idea
    GROUPED_IN = "grouped_in", _("rapproché dans")  # idea → theme
    DISCUSSED_IN = "discussed_in", _("discuté dans")  # theme → meeting
    ANSWERED_BY = "answered_by", _("répondu par")  # idea or theme → answer
    DECIDED_BY = "decided_by", _("décidé par")  # answer → decision
    KEPT_BY = "kept_by", _("engage à")  # decision → commitment
    DONE_BY = "done_by", _("réalisé par")  # commitment → action
    PROVED_BY = "proved_by", _("prouvé par")  # commitment or action → evidence
    JUDGED_BY = "judged_by", _("jugé par")  # commitment → verdict
    MERGED_INTO = "merged_into", _("fusionné dans")
    SPLIT_FROM = "split_from", _("séparé de")
    CONTRADICTS = "contradicts", _("contredit")
    REFERRED_TO = "referred_to", _("a saisi par")  # opinion → referral
    SPOKEN_FOR = "spoken_for", _("dit au nom de")  # idea or comment → organisation
    INSPIRED = "inspired", _("a inspiré")


class Link(Row):
    """Everything that follows from something. The fil is a walk over Links."""

    personal_data = NoPersonalData("what follows from what, between public records")

    source = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_out", db_index=False)
    kind = models.CharField(max_length=16, choices=LinkKind)
    target = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="links_in")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="links")
    ended_by = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="links_ended")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "target"],
                condition=models.Q(ended_by=None),
                name="one_running_link",
            ),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="no_link_to_itself"),
        ]
        indexes = [
            # Few among many: figures tell parts from voices by it.
            models.Index(fields=["source"], name="link_of_parts", condition=models.Q(kind="split_from")),
        ]


class MarkedRecord(models.Model):
    """A Record whose marks changed since its last coalesced Entry."""

    personal_data = NoPersonalData("that marks changed, not whose")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.CASCADE, related_name="marked")
    counted_at = models.DateTimeField(null=True)
    is_stale = models.BooleanField(default=True)


class Cursor(models.Model):
    """How far a projection has read. A view's cursor moves in the transaction of what it wrote."""

    personal_data = NoPersonalData("how far a projection has read")

    name = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(db_default=Now())


class ParkedEntry(Row):
    """An Entry that a projection could not read: set aside with its reason, never blocking the others."""

    personal_data = NoPersonalData("the place of a public fact, and an error")

    projection = models.CharField(max_length=60)
    position = models.BigIntegerField()
    reason = models.TextField()
    parked_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["projection", "position"], name="parked_once")]
