"""Who judges what the authority promised, how they were named, whom they heard, what they found.

What was published is insert-only, by triggers of the database: see the migration ``what_is_judged_stays``.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Organisation
from democratic.kernel.data_classes import FUNCTION, JUDGING
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment
from democratic.people.models import Person
from democratic.thread.models import Authority, Record


class Observatory(models.Model):
    """Founded by one public act of the authority, which names who will appoint: its charter is its Record's text."""

    class Choosing(models.TextChoices):
        LOT = "lot", _("Par tirage au sort")
        BODY = "body", _("Désignés par l’instance")
        VOTE = "vote", _("Par un vote")

    personal_data = NoPersonalData("an observatory: who sits in it is in Seat")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="observatory"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="observatories")
    # Whoever speaks for it, and nobody else, names and ends members.
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="observatories")
    choosing = models.CharField(max_length=4, choices=Choosing)
    mandate_months = models.SmallIntegerField()
    act_on = models.DateField()
    act_reference = models.CharField(max_length=120)
    act_url = models.URLField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(mandate_months__gte=1, mandate_months__lte=120),
                name="a_mandate_lasts_up_to_ten_years",
            )
        ]


class Closing(models.Model):
    """The authority dissolved it, in public and with its reason. What it found stays."""

    personal_data = PersonalData(FUNCTION, unlinked="a function, not a person")

    observatory = models.OneToOneField(
        Observatory, primary_key=True, on_delete=models.PROTECT, related_name="closing"
    )
    closed_on = models.DateField()
    reason = models.TextField()
    function = models.CharField(max_length=200)


class Seat(Row):
    """A member's mandate: offered by who may appoint, public from the day on which the member accepts it."""

    personal_data = PersonalData(JUDGING, of=("person",), hidden=("secret_hash", "offered_by_id"))

    observatory = models.ForeignKey(Observatory, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="seats")
    name = models.CharField(max_length=80, blank=True)
    offered_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    act_on = models.DateField()
    act_reference = models.CharField(max_length=120)
    act_url = models.URLField(max_length=500, blank=True)
    since = models.DateField(null=True)
    term_ends_on = models.DateField()
    until = models.DateField(null=True)
    end_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observatory", "person"],
                condition=Q(until=None, person__isnull=False),
                name="one_running_seat",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="a_seat_ends_after_it_began",
            ),
        ]


class Hearing(models.Model):
    """*Audition*: whom the observatory heard, where, about which commitments, in what words."""

    personal_data = NoPersonalData("functions that were heard, and what was said in public")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="hearing")
    observatory = models.ForeignKey(Observatory, on_delete=models.PROTECT, related_name="hearings")
    held_on = models.DateField()
    place = models.CharField(max_length=120)
    is_remote = models.BooleanField(default=False)
    heard = models.CharField(max_length=300)
    recording_url = models.URLField(max_length=500, blank=True)
    transcript = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recording_url="") | ~Q(transcript=""), name="a_recording_has_its_transcript"
            )
        ]


class Correction(Row):
    """A dated line under a hearing. ``strikes``: a passage that named someone was taken out of the transcript."""

    personal_data = NoPersonalData("what the observatory corrects, in its own words")

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="corrections")
    corrected_on = models.DateField()
    note = models.TextField()
    strikes = models.BooleanField(default=False)


class Verdict(models.Model):
    """What the observatory found of a commitment, on a day. A later version stands beside it, never over it."""

    personal_data = NoPersonalData("what a body found: votes are counted, never told")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="verdict")
    observatory = models.ForeignKey(Observatory, on_delete=models.PROTECT, related_name="verdicts")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="verdicts")
    version = models.SmallIntegerField()
    says = models.CharField(max_length=6, choices=Says)
    # What the authority said of it that day: its own word may change afterwards.
    authority_said = models.CharField(max_length=12)
    decided_on = models.DateField()
    votes_for = models.SmallIntegerField()
    votes_against = models.SmallIntegerField()
    abstentions = models.SmallIntegerField()
    minority = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["observatory", "commitment", "version"], name="one_verdict_per_version"
            ),
            models.CheckConstraint(
                condition=Q(
                    votes_for__gt=models.F("votes_against"), votes_against__gte=0, abstentions__gte=0
                ),
                name="a_verdict_was_carried",
            ),
        ]


class Dissenter(Row):
    """A member who signs the minority's opinion; her name is that of her seat, and goes with it."""

    personal_data = NoPersonalData("a seat: the name is in Seat, and is taken off there")

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="dissenters")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="dissents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verdict", "seat"], name="a_member_dissents_once")]


class Reply(models.Model):
    """The authority's right of reply: one, dated, signed by an official. Nothing else of its hand is near a verdict."""

    personal_data = PersonalData(FUNCTION, unlinked="the name and function of an office")

    verdict = models.OneToOneField(Verdict, primary_key=True, on_delete=models.PROTECT, related_name="reply")
    replied_on = models.DateField()
    text = models.TextField()
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)
