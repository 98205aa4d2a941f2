"""One queue for the room and for those who are far away, and how long each group spoke."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ATTENDANCE, ROLES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.arrivals.models import Attendance, Gender, Seat
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person


class Side(models.TextChoices):
    """Whose time it is, when times are told by group."""

    PUBLIC = "public", _("Le public")
    ELECTED = "elected", _("Les élues et les élus")
    SERVICE = "service", _("Les services et les invités")


class SpeakingTurn(Row):
    """Someone who asks to speak, speaks, or has spoken. Without a phone, a facilitator asks for her: no attendance."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Attend son tour")
        SPEAKING = "speaking", _("A la parole")
        SPOKEN = "spoken", _("A parlé")
        GONE = "gone", _("A retiré sa demande")

    personal_data = PersonalData(ATTENDANCE, of=("attendance__person",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="turns", db_index=False)
    item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="turns")
    attendance = models.ForeignKey(Attendance, null=True, on_delete=models.SET_NULL, related_name="turns")
    # How she is called to the floor; erased with her attendance.
    name = models.CharField(max_length=80, blank=True)
    seat = models.CharField(max_length=6, choices=Seat)
    side = models.CharField(max_length=7, choices=Side, default=Side.PUBLIC)
    gender = models.CharField(max_length=5, choices=Gender, blank=True, default=Gender.UNSAID)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "attendance"],
                condition=Q(state__in=["waiting", "speaking"]) & ~Q(attendance=None),
                name="one_hand_up_per_person",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="speaking"), name="one_speaks_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="a_turn_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["meeting", "state", "asked_at", "id"], name="floor_queue")]


class FloorOverride(Row):
    """A human called someone before her turn by the rule: the line is public, with its reason and no name."""

    personal_data = PersonalData(ROLES, of=("by",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="overrides", db_index=False)
    turn = models.ForeignKey(SpeakingTurn, on_delete=models.CASCADE, related_name="overrides")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    function = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)
    # The place that the rule gave her, counted from 1.
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["meeting", "at"], name="overrides_of_a_meeting")]
