"""What a body does in its house: it talks, prepares its meetings, writes opinions, and asks the authority to answer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.models import Adoption, House, HouseMember
from democratic.communities.models import Official
from democratic.kernel.data_classes import BELONGING, FUNCTION
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.thread.models import Record


class HouseTopic(models.Model):
    """A discussion of members: a debate of their own audience, on which they comment."""

    personal_data = NoPersonalData("a subject; what is said on it is in comments")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="house_topic"
    )
    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="topics")


class AgendaPoint(Row):
    """What members want to speak of when they meet. Nobody's in particular: who supports it is in PointSupport."""

    personal_data = NoPersonalData("words of a body, not of one of its members")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="points")
    title = models.CharField(max_length=160)
    why = models.CharField(max_length=400, blank=True)
    proposed_on = models.DateField()
    item = models.OneToOneField(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="point")


class PointSupport(Row):
    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    point = models.ForeignKey(AgendaPoint, on_delete=models.CASCADE, related_name="supports", db_index=False)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "member"], name="one_support_of_a_point")]


class Opinion(models.Model):
    """An *avis*: its words are its Record's, in versions; a draft of the members until they adopt it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("En écriture")
        ASKED = "asked", _("Proposé aux membres")
        ADOPTED = "adopted", _("Adopté")
        REFUSED = "refused", _("Non adopté")

    personal_data = NoPersonalData("words of a body, not of one of its members")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="opinion")
    house = models.ForeignKey(House, on_delete=models.PROTECT, related_name="opinions")
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    adoption = models.OneToOneField(Adoption, null=True, on_delete=models.PROTECT, related_name="opinion")
    adopted_on = models.DateField(null=True)


class OpinionPoint(Row):
    """One thing that is asked: it will be answered by itself."""

    personal_data = NoPersonalData("words of a body, not of one of its members")

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="points", db_index=False)
    version = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("version", "rank")
        constraints = [
            models.UniqueConstraint(fields=["opinion", "version", "rank"], name="one_point_per_rank")
        ]


class MinorityView(Row):
    """What some members see otherwise: published with the opinion, beside it."""

    personal_data = NoPersonalData(
        "words of some members; who they are is in MinorityVoice, until it is adopted"
    )

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="minority_views")
    text = models.TextField()
    # How many held it when the opinion was adopted; 0: fewer than five.
    voices_told = models.PositiveIntegerField(default=0)


class MinorityVoice(Row):
    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    view = models.ForeignKey(MinorityView, on_delete=models.CASCADE, related_name="voices", db_index=False)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["view", "member"], name="one_voice_in_a_minority")]


class Referral(models.Model):
    """A *saisine*: an adopted opinion laid before the authority, which owes an answer to each of its points by a day."""

    personal_data = PersonalData(FUNCTION, unlinked="an office, not a person")

    record = models.OneToOneField(Record, primary_key=True, on_delete=models.PROTECT, related_name="referral")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="referrals")
    respondent = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="referrals")
    sent_on = models.DateField()
    signed_name = models.CharField(max_length=120, blank=True)
    signed_function = models.CharField(max_length=160, blank=True)
    answered_on = models.DateField(null=True)
    # What the members said of the answer, once told: never of fewer than five.
    rating = models.JSONField(default=dict)
    rated_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opinion"], condition=Q(answered_on=None), name="one_open_referral_of_an_opinion"
            )
        ]


class Power(models.TextChoices):
    """In whose hands a point is."""

    OWN = "own", _("De notre compétence : voici ce que nous ferons")
    PASSED = "passed", _("D’une autre autorité : nous le lui transmettons")
    REFUSED = "refused", _("Non")


class ReferralPoint(Row):
    personal_data = NoPersonalData("words of a body, and of an office")

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="points", db_index=False)
    rank = models.PositiveSmallIntegerField()
    text = models.TextField()
    power = models.CharField(max_length=7, choices=Power, blank=True)
    passed_to = models.CharField(max_length=160, blank=True)
    reason = models.TextField(blank=True)
    # What was promised, with a service and a day: of the authority's own points alone.
    commitment = models.OneToOneField(
        Commitment, null=True, on_delete=models.PROTECT, related_name="referral_point"
    )

    class Meta:
        ordering = ("rank",)
        constraints = [
            models.UniqueConstraint(fields=["referral", "rank"], name="one_referred_point_per_rank"),
            models.CheckConstraint(
                condition=~Q(power=Power.PASSED) | ~Q(passed_to=""), name="a_point_is_passed_to_someone"
            ),
            models.CheckConstraint(
                condition=Q(power="") | ~Q(reason=""), name="a_point_is_answered_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(commitment=None) | Q(power=Power.OWN), name="only_own_points_are_promised"
            ),
        ]


class ReferralRating(Row):
    """What one member says of the answer: whether it answers, and, apart from that, whether she agrees."""

    class Answered(models.TextChoices):
        YES = "yes", _("Oui")
        PART = "part", _("En partie")
        NO = "no", _("Non")

    class Agrees(models.TextChoices):
        YES = "yes", _("Oui")
        NO = "no", _("Non")
        UNSURE = "unsure", _("Je ne sais pas")

    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="+")
    answered = models.CharField(max_length=4, choices=Answered)
    agrees = models.CharField(max_length=6, choices=Agrees)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "member"], name="one_rating_per_member")]


class HandOver(Row):
    """What the members who leave say to the next: in their words, beside what the house itself knows to be open."""

    personal_data = NoPersonalData("words of a body, not of one of its members")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="hand_overs", db_index=False)
    mandate = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    where = models.TextField(blank=True)
    handed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "mandate"], name="one_hand_over_per_mandate")]
