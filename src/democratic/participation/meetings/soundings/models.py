"""A vote taken in a meeting: in the room, far away, and later by who was not there. Everyone counts once."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import MARKS, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person
from democratic.thread.models import Record


class SoundingKind(models.TextChoices):
    SINGLE = "single", _("Un choix")
    MULTIPLE = "multiple", _("Plusieurs choix")
    SCALE = "scale", _("Une échelle")
    RANKING = "ranking", _("Un classement")
    WORDS = "words", _("Quelques mots")
    CONSENT = "consent", _("Un tour de consentement")


class Sounding(models.Model):
    """Its question is the Record's title, what is proposed its text. Advisory, unless the body's charter says otherwise."""

    personal_data = NoPersonalData("a question of who convenes, and totals")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="sounding")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="soundings")
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="soundings")
    kind = models.CharField(max_length=8, choices=SoundingKind)
    # How many may be chosen or ranked, or words given; a scale goes from 1 to it.
    most = models.PositiveSmallIntegerField(default=1)
    lowest = models.CharField(max_length=40, blank=True)
    highest = models.CharField(max_length=40, blank=True)
    # Nobody is told any total before it closes in the meeting.
    is_hidden = models.BooleanField(default=True)
    # The same question, asked again: see what moved between the two.
    again_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="asked_again")
    # Of a body whose charter says so; else what is voted is advisory.
    is_binding = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True)
    # The vote of those who are here ends; who comes later may vote until ``later_until``.
    closed_at = models.DateTimeField(null=True)
    later_until = models.DateTimeField(null=True)
    # What was published last, as its Entry says it. Empty: nothing was.
    counted = models.JSONField(default=dict)
    counted_at = models.DateTimeField(null=True)
    # Later answers were counted too: nothing moves any more.
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="a_sounding_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(most__gte=1, most__lte=20), name="a_sounding_asks_a_few_things"
            ),
        ]


class SoundingOption(Row):
    personal_data = NoPersonalData("words of who convenes")

    sounding = models.ForeignKey(Sounding, on_delete=models.CASCADE, related_name="options", db_index=False)
    rank = models.SmallIntegerField()
    label = models.CharField(max_length=120)

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(fields=["sounding", "rank"], name="one_sounding_option_per_rank")
        ]


class SoundingVoice(Row):
    """A Mark: one person, one voice, until she changes it. ``given``: ranks, a place on the scale, or words."""

    personal_data = PersonalData(MARKS, of=("person",))

    sounding = models.ForeignKey(Sounding, on_delete=models.PROTECT, related_name="voices", db_index=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="sounding_voices")
    seat = models.CharField(max_length=6, choices=Seat)
    given = models.JSONField()
    given_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sounding", "person"], name="one_voice_per_person_and_sounding")
        ]


class SoundingCount(Row):
    """Hands or papers, counted by a person and counted again by another: only then in the total, as a line of its own."""

    personal_data = PersonalData(ROLES, of=("entered_by", "verified_by"))

    class By(models.TextChoices):
        HANDS = "hands", _("Mains levées")
        PAPER = "paper", _("Papiers")

    sounding = models.ForeignKey(Sounding, on_delete=models.PROTECT, related_name="counts", db_index=False)
    by = models.CharField(max_length=5, choices=By)
    counts = models.JSONField()  # {rank of the option: number}
    total = models.PositiveIntegerField()
    entered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    entered_at = models.DateTimeField()
    verified_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sounding", "by"], name="one_count_per_way"),
            models.CheckConstraint(
                condition=Q(verified_by=None) | Q(entered_by=None) | ~Q(verified_by=F("entered_by")),
                name="a_count_is_verified_by_another",
            ),
        ]
