"""Who said that they would come, and who came. Both are private: what is public is how many."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ATTENDANCE
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.participation.meetings.models import Meeting
from democratic.people.models import Person


class Seat(models.TextChoices):
    """By which of the three one takes part. They are origins: see ``thread.models.Origin``."""

    ROOM = "room", _("Dans la salle")
    REMOTE = "remote", _("À distance")
    LATER = "later", _("En différé")


class Gender(models.TextChoices):
    """Said by who wants to, for this meeting alone."""

    UNSAID = "", _("Je préfère ne pas le dire")
    WOMAN = "woman", _("Une femme")
    MAN = "man", _("Un homme")
    OTHER = "other", _("Autrement")


class Registration(Row):
    """A place kept, or a rank in the waiting list; without an account, ``secret_hash`` is the way back to it."""

    class State(models.TextChoices):
        KEPT = "kept", _("Inscription prise")
        WAITING = "waiting", _("En liste d’attente")
        GIVEN_UP = "given_up", _("Inscription annulée")

    personal_data = PersonalData(ATTENDANCE, of=("person",), hidden=("secret_hash",))

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="registrations", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="registrations")
    seat = models.CharField(max_length=6, choices=Seat)
    state = models.CharField(max_length=8, choices=State)
    name = models.CharField(max_length=80, blank=True)
    # What helps to welcome her: a wheelchair, sign language. Erased with the row.
    needs = models.CharField(max_length=200, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_registration_per_person")
        ]
        indexes = [models.Index(fields=["meeting", "seat", "state", "asked_at", "id"], name="waiting_list")]


class Attendance(Row):
    """Who is here, by which seat. ``name`` is how she wants to be called, in this meeting alone."""

    personal_data = PersonalData(ATTENDANCE, of=("person",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    seat = models.CharField(max_length=6, choices=Seat)
    name = models.CharField(max_length=80, blank=True)
    gender = models.CharField(max_length=5, choices=Gender, blank=True, default=Gender.UNSAID)
    # She agrees to be named among those who came.
    is_listed = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_person")
        ]
        indexes = [models.Index(fields=["meeting", "seat"], name="attendance_by_seat")]
