"""What was said and decided: blocks, versions, what participants want corrected; captions and recordings."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import SPEECH
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.thread.models import Record


class Minutes(Row):
    """One version of the *compte rendu*. Shown from ``PROPOSED`` on; contested before it is final."""

    class State(models.TextChoices):
        DRAFT = "draft", _("En préparation")
        PROPOSED = "proposed", _("Proposé à relecture")
        APPROVED = "approved", _("Approuvé")

    personal_data = NoPersonalData("what was said, under functions and seats")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes", db_index=False)
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    # Five lines at most: what one reads in two minutes, on the day after.
    catch_up = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True)
    contested_until = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="one_minutes_per_version"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="draft"), name="one_draft_of_minutes"
            ),
        ]


class BlockKind(models.TextChoices):
    SAID = "said", _("Ce qui s’est dit")
    ARGUMENT = "argument", _("Argument")
    DECISION = "decision", _("Ce qui est décidé")
    PROMISE = "promise", _("Ce qui est promis")
    OWED = "owed", _("Ce qui reste à répondre")


class MinutesBlock(Row):
    """A piece of the account, tied to what it tells of: a point, a question, a vote. It keeps the seat it was said from."""

    personal_data = NoPersonalData("what was said, under functions and seats")

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="blocks", db_index=False)
    rank = models.SmallIntegerField()
    kind = models.CharField(max_length=8, choices=BlockKind, default=BlockKind.SAID)
    text = models.TextField()
    seat = models.CharField(max_length=6, choices=Seat, blank=True)
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="+")
    # A question of the wall or a vote of the meeting.
    about = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("rank",)
        constraints = [models.UniqueConstraint(fields=["minutes", "rank"], name="one_block_per_rank")]


class Amendment(Row):
    """Someone who was there asks for a correction. It is answered, for or against, with a reason."""

    class State(models.TextChoices):
        ASKED = "asked", _("Demandée")
        TAKEN = "taken", _("Retenue")
        REFUSED = "refused", _("Non retenue")

    personal_data = PersonalData(SPEECH, of=("person",))

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="amendments", db_index=False)
    block_rank = models.SmallIntegerField(null=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="amendments")
    text = models.TextField()
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["minutes", "asked_at"], name="amendments_of_minutes")]


class Recording(Row):
    """Where it can be seen again. We keep the address and the chapters, never the pictures."""

    personal_data = NoPersonalData("an address of the authority's own")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="recordings", db_index=False)
    url = models.CharField(max_length=400)
    label = models.CharField(max_length=120, blank=True)
    # [{"at": seconds, "item": id of an agenda item or "", "title": words}]
    chapters = models.JSONField(default=list)
    # When its first second was, so that a moment of the meeting is a moment of it.
    starts_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["meeting"], name="recordings_of_a_meeting")]


class CaptionLine(Row):
    """A line of what is said, as an operator types it or a WebVTT file gives it."""

    personal_data = NoPersonalData("what is said aloud in a public meeting, without a name")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="captions", db_index=False)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    text = models.CharField(max_length=500)
    seat = models.CharField(max_length=6, choices=Seat, blank=True)

    class Meta:
        indexes = [models.Index(fields=["meeting", "at", "id"], name="captions_in_order")]
