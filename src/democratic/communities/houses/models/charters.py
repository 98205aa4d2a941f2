"""How the body rules itself: what its members wrote, and how they said yes to it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.models.house import House, HouseMember, Right
from democratic.kernel.data_classes import BELONGING
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row


class Way(models.TextChoices):
    """How the members adopt something."""

    VOTE = "vote", _("Par un vote : plus de pour que de contre")
    CONSENT = "consent", _("Par consentement : personne ne s’y oppose")


class Adoption(Row):
    """One question to all members: yes, no, neither. Who said what goes when it is counted; the counts stay."""

    personal_data = NoPersonalData("counts")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="adoptions")
    way = models.CharField(max_length=7, choices=Way)
    opened_on = models.DateField()
    closes_on = models.DateField()
    counted_on = models.DateField(null=True)
    members = models.PositiveIntegerField(null=True)
    yes = models.PositiveIntegerField(null=True)
    no = models.PositiveIntegerField(null=True)
    neither = models.PositiveIntegerField(null=True)
    is_adopted = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opened_on")), name="adoption_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(counted_on=None, is_adopted=None)
                | Q(counted_on__isnull=False, is_adopted__isnull=False),
                name="an_adoption_is_decided_when_counted",
            ),
        ]


class AdoptionVoice(Row):
    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    class Position(models.TextChoices):
        YES = "yes", _("Pour")
        NO = "no", _("Contre")
        NEITHER = "neither", _("Ni l’un ni l’autre")

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="voices", db_index=False)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="+")
    position = models.CharField(max_length=7, choices=Position)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["adoption", "member"], name="one_voice_per_member_in_an_adoption")
        ]


class Charter(Row):
    """One version. What it settles is data, so that the house does what it says."""

    class State(models.TextChoices):
        DRAFT = "draft", _("En écriture")
        ASKED = "asked", _("Proposée aux membres")
        IN_FORCE = "in_force", _("En vigueur")
        REPLACED = "replaced", _("Remplacée")
        REFUSED = "refused", _("Non adoptée")

    class Turns(models.TextChoices):
        ROTATING = "rotating", _("À tour de rôle")
        DRAWN = "drawn", _("Par tirage au sort")

    personal_data = NoPersonalData("words of a body, not of one of its members")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="charters", db_index=False)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    language = models.CharField(max_length=8, default="fr")
    way = models.CharField(max_length=7, choices=Way, default=Way.VOTE)
    role_months = models.PositiveSmallIntegerField(default=3)
    turns = models.CharField(max_length=8, choices=Turns, default=Turns.ROTATING)
    votes_bind = models.BooleanField(default=False)
    adoption = models.OneToOneField(Adoption, null=True, on_delete=models.PROTECT, related_name="charter")
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["house", "version"], name="one_charter_per_version"),
            models.UniqueConstraint(
                fields=["house"], condition=Q(state__in=("draft", "asked")), name="one_charter_being_written"
            ),
            models.UniqueConstraint(
                fields=["house"], condition=Q(state="in_force"), name="one_charter_in_force"
            ),
            models.CheckConstraint(
                condition=Q(role_months__range=(1, 24)), name="roles_last_up_to_two_years"
            ),
        ]


class CharterArticle(Row):
    personal_data = NoPersonalData("words of a body, not of one of its members")

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="articles", db_index=False)
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ("rank",)
        constraints = [models.UniqueConstraint(fields=["charter", "rank"], name="one_article_per_rank")]


class RightStep(Row):
    """The day from which facilitators have a right no more, as the charter says. Only members write a later one.

    ``given_up_on``: facilitators may let it go sooner, and never take it back.
    """

    personal_data = NoPersonalData("about a function")

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="steps", db_index=False)
    right = models.CharField(max_length=8, choices=Right)
    ends_on = models.DateField()
    given_up_on = models.DateField(null=True)

    class Meta:
        ordering = ("ends_on", "right")
        constraints = [
            models.UniqueConstraint(fields=["charter", "right"], name="one_step_per_right"),
            models.CheckConstraint(
                condition=Q(given_up_on=None) | Q(given_up_on__lt=models.F("ends_on")),
                name="a_right_is_only_given_up_sooner",
            ),
        ]
