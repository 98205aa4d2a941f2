"""A street session, who is in it, the devices that went out, and what came back to be read again."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ROLES, STREET
from democratic.kernel.models import StoredFile
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.models import Record

LIFE = timedelta(hours=72)


class StreetSession(models.Model):
    """A *rendez-vous de rue*: one question, one place, some hours. The question is the Record's title, its state too."""

    personal_data = NoPersonalData("where and when; who was met is counted, never named")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="street_session"
    )
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="street_sessions")
    poll = models.ForeignKey(Poll, null=True, on_delete=models.PROTECT, related_name="street_sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Whom the consultation has not heard yet, in the agent's words: between agents.
    missing = models.CharField(max_length=300, blank=True)
    weather = models.CharField(max_length=80, blank=True)
    notes = models.TextField(blank=True)
    # What was published of it, as its last Entry says; empty before.
    counted = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="street_session_ends_later")
        ]


class TeamRole(models.TextChoices):
    LEADS = "leads", _("Anime")
    LISTENS = "listens", _("Recueille les paroles")


class StreetTeamMember(Row):
    """Who goes out, and may prepare a device for it."""

    personal_data = PersonalData(ROLES, of=("person",))

    session = models.ForeignKey(StreetSession, on_delete=models.CASCADE, related_name="team", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="street_teams")
    role = models.CharField(max_length=10, choices=TeamRole, default=TeamRole.LISTENS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="once_in_a_street_team")]


class FieldDevice(Row):
    """A phone or a tablet that may send what was said in one session, and read nothing. Its token is kept as a print."""

    personal_data = PersonalData(ROLES, of=("person",), hidden=("token_hash",))

    session = models.ForeignKey(StreetSession, on_delete=models.PROTECT, related_name="devices")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="field_devices")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("issued_at") + LIFE), name="a_device_lives_three_days"
            )
        ]


class ReservedCode(models.Model):
    """A public code given to a device before it leaves the network; no Record bears it meanwhile: see ``HeldCode``."""

    personal_data = NoPersonalData("a code that nobody holds yet")

    code = models.CharField(max_length=8, primary_key=True)
    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="codes")
    # A Record bears it since; before, none can.
    spent_at = models.DateTimeField(null=True)


class CaptureKind(models.TextChoices):
    QUOTE = "quote", _("Parole")
    TAP = "tap", _("Réponse d’un geste")
    TALLY = "tally", _("Gommettes comptées")
    REFUSAL = "refusal", _("Refus")
    WALL = "wall", _("Photo du mur")
    ENGAGEMENT = "engagement", _("Engagement signé sur place")
    SUMMARY = "summary", _("Fin du rendez-vous")


class Newness(models.TextChoices):
    """Of a sentence that was published, beside what had been published online by that day in its consultation."""

    NEW = "new", _("Nouveau")
    NEAR = "near", _("Déjà dit en ligne")
    SHORT = "short", _("Trop court pour comparer")


class StreetCapture(Row):
    """What a device sent, once, before and after somebody read it. Its words go when they are published or set aside."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Reçue")
        TO_CORRECT = "to_correct", _("À corriger")
        ASKED = "asked", _("Attend l’accord de la personne élue")
        VALIDATED = "validated", _("Validée")
        SET_ASIDE = "set_aside", _("Écartée")

    personal_data = PersonalData(STREET, unlinked="passers-by, of whom no row names any")

    session = models.ForeignKey(
        StreetSession, on_delete=models.PROTECT, related_name="captures", db_index=False
    )
    uuid = models.UUIDField()  # made on the device
    device = models.ForeignKey(FieldDevice, null=True, on_delete=models.SET_NULL, related_name="captures")
    seq = models.IntegerField(default=0)
    kind = models.CharField(max_length=10, choices=CaptureKind)
    code = models.CharField(max_length=8, blank=True)
    # Empty when it is to be corrected: what may not be kept is not.
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    # A key of ``problems.PROBLEMS``.
    problem = models.CharField(max_length=20, blank=True)
    # Why it could not be published at the last validation; why it was set aside.
    reason = models.TextField(blank=True)
    record = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="street_captures")
    # Of a sentence, once it is published: see ``newness``. Empty: it was not compared.
    newness = models.CharField(max_length=5, choices=Newness, blank=True, default="", db_default="")
    near = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "uuid"], name="a_capture_is_received_once"),
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="a_code_is_given_to_one_capture"
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""), name="a_capture_is_set_aside_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="to_correct") | Q(payload={}), name="nothing_is_kept_of_what_is_to_correct"
            ),
            models.CheckConstraint(
                condition=Q(newness="near", near__isnull=False) | (~Q(newness="near") & Q(near=None)),
                name="what_is_near_names_what_it_is_near_to",
            ),
        ]
        indexes = [models.Index(fields=["session", "state", "kind"], name="captures_of_a_session")]


class StreetFile(Row):
    """A photo or a voice of a capture: held in private until it is published or set aside."""

    personal_data = PersonalData(STREET, unlinked="passers-by, of whom no row names any")

    capture = models.ForeignKey(StreetCapture, on_delete=models.CASCADE, related_name="files", db_index=False)
    n = models.SmallIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="street_files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capture", "n"], name="one_street_file_per_number")]
