from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import NOTICE, ROLES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.states import AppealState, NoticeState, Outcome, Side
from democratic.thread.models import Authority, Record


class Ruling(models.Model):
    """A decision of moderation: a public Record of its own, whose text states the facts. Who decided is not public.

    ``second_to``: the decision that an appeal called into question; the database wants another person.
    """

    personal_data = PersonalData(ROLES, of=("ruled_by", "ruled_first_by"))

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="ruling")
    subject = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="rulings")
    outcome = models.CharField(max_length=8, choices=Outcome)
    rule = models.CharField(max_length=16, choices=Rule)
    ground = models.CharField(max_length=200, blank=True)  # the law, for what is illegal
    was_flagged_automatically = models.BooleanField(default=False)
    # Null once it came from another installation, without what is private.
    ruled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="rulings")
    appeal_until = models.DateField(null=True)
    second_to = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="second")
    ruled_first_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ruled_first_by=None) | Q(second_to__isnull=False),
                name="a_second_ruling_says_who_ruled_first",
            ),
            models.CheckConstraint(
                condition=Q(ruled_first_by=None) | ~Q(ruled_by=F("ruled_first_by")),
                name="an_appeal_is_heard_by_another",
            ),
        ]


class Alarm(Row):
    """Something unusual in a consultation, found by calculation. It hides nothing: a person reads it and closes it."""

    personal_data = PersonalData(ROLES, of=("closed_by",))

    class Kind(models.TextChoices):
        VELOCITY = "velocity", _("Beaucoup de paroles en peu de temps")
        SIMILARITY = "similarity", _("Le même texte sous beaucoup de plumes")
        NEWCOMERS = "newcomers", _("Des soutiens venus de comptes tout neufs")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="alarms")
    process = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=10, choices=Kind)
    began_at = models.DateTimeField()
    last_at = models.DateTimeField()
    acts = models.IntegerField()
    usual = models.IntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["process", "kind"], condition=Q(closed_at=None), name="one_open_alarm_per_kind"
            )
        ]


class Notice(Row):
    """*Signalement*: someone, or a calculation, says that a word breaks a rule. Never public, nor told to the author."""

    personal_data = PersonalData(NOTICE, of=("notifier",), hidden=("secret_hash",))

    code = models.CharField(max_length=8, unique=True)
    # Empty for what a calculation found, and once it was forgotten.
    secret_hash = models.CharField(max_length=64, blank=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="notices")
    rule = models.CharField(max_length=16, choices=Rule)
    explanation = models.TextField(blank=True)
    notifier = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="notices")
    alarm = models.ForeignKey(Alarm, null=True, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(max_length=8, choices=NoticeState, default=NoticeState.RECEIVED)
    received_at = models.DateTimeField()
    ruling = models.ForeignKey(Ruling, null=True, on_delete=models.PROTECT, related_name="notices")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["secret_hash"], condition=~Q(secret_hash=""), name="one_notice_a_key"
            ),
            models.UniqueConstraint(
                fields=["record", "notifier"], condition=Q(state="received"), name="one_open_notice_a_person"
            ),
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state="received", alarm__isnull=False),
                name="one_open_automatic_notice",
            ),
            models.CheckConstraint(
                condition=Q(state="received", ruling=None) | (~Q(state="received") & Q(ruling__isnull=False)),
                name="a_notice_is_answered_by_a_ruling",
            ),
        ]
        indexes = [
            models.Index(fields=["received_at"], condition=Q(state="received"), name="notices_to_read")
        ]


class Appeal(Row):
    """*Recours* against a ruling, within six months; answered by a second ruling, of another person."""

    personal_data = PersonalData(NOTICE, of=("person",))

    ruling = models.ForeignKey(Ruling, on_delete=models.PROTECT, related_name="appeals")
    side = models.CharField(max_length=8, choices=Side)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.OPEN)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ruling", "person"], name="one_appeal_a_person"),
        ]
