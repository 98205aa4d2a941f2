"""Who does what for a time, and what each has learnt to do: known in the house, and nowhere else by name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.models.house import Facilitator, House, HouseMember, Right
from democratic.kernel.data_classes import BELONGING
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row


class Role(models.TextChoices):
    FACILITATES = "facilitates", _("Animation")
    WRITES = "writes", _("Notes")
    MODERATES = "moderates", _("Modération")
    REPORTS = "reports", _("Publication")


SKILLS = (Right.PUBLISH, Right.MODERATE, Right.POLL, Right.MINUTES)


class RoleDraw(Row):
    """A seed that all members read before the day, and the numbers among which it draws."""

    personal_data = NoPersonalData("numbers; whose they are is in DrawNumber")

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="draws", db_index=False)
    role = models.CharField(max_length=11, choices=Role)
    seed = models.CharField(max_length=80)
    announced_on = models.DateField()
    draws_on = models.DateField()
    drawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "role"], condition=Q(drawn_on=None), name="one_draw_at_a_time_for_a_role"
            ),
            models.CheckConstraint(
                condition=Q(draws_on__gt=models.F("announced_on")), name="a_seed_is_read_before_the_draw"
            ),
        ]


class DrawNumber(Row):
    """Who is among the drawn, and who said « not me this time »."""

    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    draw = models.ForeignKey(RoleDraw, on_delete=models.CASCADE, related_name="numbers", db_index=False)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="+")
    stands = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "member"], name="one_number_in_a_draw")]


class RoleTerm(Row):
    """A role with its dates. It is over on ``until``, by itself, or on ``ended_on`` when it is laid down sooner."""

    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="terms", db_index=False)
    role = models.CharField(max_length=11, choices=Role)
    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="terms")
    how = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)
    # What the next one should know.
    left_word = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["house", "-until"], name="terms_of_house")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")), name="a_role_ends_after_it_began"
            ),
        ]


class Skill(Row):
    """What a member can do alone, as others of the house confirmed. Nothing is ranked, nothing is public."""

    personal_data = PersonalData(BELONGING, of=("member__membership__person",))

    member = models.ForeignKey(HouseMember, on_delete=models.CASCADE, related_name="skills", db_index=False)
    right = models.CharField(max_length=8, choices=Right)
    asked_on = models.DateField()
    confirmed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "right"], name="one_skill_of_a_kind")]


class SkillWord(Row):
    """Who confirmed it: a member who has it, or a facilitator while rights last."""

    personal_data = PersonalData(BELONGING, of=("member__membership__person", "facilitator__person"))

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="words", db_index=False)
    member = models.ForeignKey(HouseMember, null=True, on_delete=models.CASCADE, related_name="+")
    facilitator = models.ForeignKey(Facilitator, null=True, on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "member", "facilitator"], nulls_distinct=False, name="one_word_on_a_skill"
            ),
            models.CheckConstraint(
                condition=Q(member=None, facilitator__isnull=False)
                | Q(member__isnull=False, facilitator=None),
                name="a_skill_is_confirmed_by_one",
            ),
        ]
