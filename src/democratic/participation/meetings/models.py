"""A *rencontre*: when, where, by which seats one takes part, who runs it, and what to know before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import Organisation
from democratic.kernel.data_classes import ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.models import Record


class Form(models.TextChoices):
    """What its pages put first."""

    MEETING = "meeting", _("Rencontre")
    CYBERDEBATE = "cyberdebate", _("Cyber-débat")


class Video(models.TextChoices):
    """Who carries the picture and the sound, which we never do."""

    NONE = "", _("Pas de vidéo")
    LINK = "link", _("Une autre adresse")
    JITSI = "jitsi", _("Jitsi")
    BIGBLUEBUTTON = "bbb", _("BigBlueButton")


class FloorRule(models.TextChoices):
    """In which order one speaks: see ``civics.floor``."""

    ASKED = "asked", _("Dans l’ordre des demandes")
    NEW_FIRST = "new_first", _("D’abord qui n’a pas encore parlé")
    SEATS = "seats", _("Salle et distance, tour à tour")
    GENDERS = "genders", _("Femmes, hommes et autres, tour à tour")


class Meeting(models.Model):
    """Its title, its account and its state are its Record's. In a process, held by a body, or on its own."""

    personal_data = NoPersonalData("where and when; who comes is in rows of their own")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="meeting")
    process = models.ForeignKey(Process, null=True, on_delete=models.PROTECT, related_name="meetings")
    body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="meetings")
    form = models.CharField(max_length=12, choices=Form, default=Form.MEETING, db_default=Form.MEETING)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    # How to get in: steps, a loop for hearing aids, a sign language interpreter.
    access = models.CharField(max_length=200, blank=True)
    seats = models.JSONField(default=list)
    present = models.JSONField(default=dict)

    video = models.CharField(max_length=6, choices=Video, blank=True, default=Video.NONE, db_default="")
    video_url = models.CharField(max_length=400, blank=True, default="", db_default="")
    phone = models.CharField(max_length=40, blank=True, default="", db_default="")
    captions_url = models.CharField(max_length=400, blank=True, default="", db_default="")
    # How many seats there are in the room and at a distance; None: nobody counts them.
    room_capacity = models.PositiveIntegerField(null=True)
    remote_capacity = models.PositiveIntegerField(null=True)
    takes_registrations = models.BooleanField(default=False, db_default=False)
    # Six digits, read aloud and typed; given back once the meeting is over.
    join_code = models.CharField(max_length=6, blank=True, default="", db_default="")
    floor_rule = models.CharField(
        max_length=9, choices=FloorRule, default=FloorRule.SEATS, db_default=FloorRule.SEATS
    )
    # Questions are taken from then on; None: as soon as it is announced.
    questions_from = models.DateTimeField(null=True)
    # A question is read by the team before everyone reads it.
    reads_questions_first = models.BooleanField(default=False, db_default=False)
    # How long votes stay open for who comes later, in hours; 0: they do not.
    later_hours = models.PositiveSmallIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_later"),
            models.UniqueConstraint(
                fields=["join_code"], condition=~Q(join_code=""), name="one_meeting_per_join_code"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="a_meeting_closes_after_it_opened",
            ),
            models.CheckConstraint(condition=Q(later_hours__lte=24 * 30), name="later_is_within_a_month"),
        ]


class TeamRole(models.TextChoices):
    FACILITATES = "facilitates", _("Anime")
    ANSWERS = "answers", _("Répond, au nom de la collectivité")
    AIDS = "aids", _("Écrit pour qui répond")
    WRITES = "writes", _("Prend les notes")


class MeetingTeamMember(Row):
    """Who has a screen of their own, and which. ``function`` is what everyone reads instead of a name."""

    personal_data = PersonalData(ROLES, of=("person",))

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="team", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="meeting_teams")
    role = models.CharField(max_length=11, choices=TeamRole)
    function = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "role"], name="one_role_of_a_kind_in_a_meeting"
            )
        ]


class Briefing(models.Model):
    """*En cinq minutes*: what one should know before. Its words are public; a new version is a new Entry."""

    personal_data = NoPersonalData("words of who convenes")

    meeting = models.OneToOneField(
        Meeting, primary_key=True, on_delete=models.CASCADE, related_name="briefing"
    )
    stakes = models.TextField(blank=True)
    said = models.TextField(blank=True)
    to_decide = models.TextField(blank=True)
    who_decides = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField()
