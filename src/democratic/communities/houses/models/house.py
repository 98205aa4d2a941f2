"""A body's own house: who is in it, under which number and name, and which adults help for a time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import JoinLink, Membership, Organisation
from democratic.kernel.data_classes import BELONGING, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person


class Right(models.TextChoices):
    """What one may do in the house, beside what every member may."""

    PUBLISH = "publish", _("Publier")
    MODERATE = "moderate", _("Modérer")
    POLL = "poll", _("Faire voter")
    MINUTES = "minutes", _("Prendre les notes")
    AGENDA = "agenda", _("Fixer les rencontres et l’ordre du jour")
    INVITE = "invite", _("Faire venir des membres")


class House(models.Model):
    """Opened by the authority, which says beforehand who answers what the body asks of it, and within how many days.

    ``rights_until``: without a charter, the facilitators' rights all end by themselves on that day.
    """

    personal_data = NoPersonalData("about a body; its members are in HouseMember")

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.PROTECT, related_name="house"
    )
    # One says « tu » there.
    is_youth = models.BooleanField(default=False)
    service = models.ForeignKey("communities.Service", on_delete=models.PROTECT, related_name="houses")
    respondent = models.ForeignKey("communities.Official", on_delete=models.PROTECT, related_name="houses")
    answer_days = models.PositiveSmallIntegerField(default=60)
    opened_on = models.DateField()
    rights_until = models.DateField()
    # Which members these are: the first, the second… since when.
    mandate = models.PositiveSmallIntegerField(default=1)
    mandate_since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days__range=(7, 180)), name="a_house_is_answered_in_time"
            )
        ]


class HouseMember(Row):
    """A member at home: the name that the others read, and a number for draws and turns, which never changes."""

    personal_data = PersonalData(BELONGING, of=("membership__person",))

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="members", db_index=False)
    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="at_home")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=40, blank=True)
    entered_on = models.DateField()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["house", "number"], name="one_number_per_member"),
        ]


class HouseCode(models.Model):
    """A short code for a group: said aloud, typed by several, for a few days. As its link, it is kept as a print."""

    personal_data = NoPersonalData("how often a link may serve; who made it is in JoinLink")

    link = models.OneToOneField(JoinLink, primary_key=True, on_delete=models.CASCADE, related_name="code")
    label = models.CharField(max_length=80, blank=True)
    uses = models.PositiveSmallIntegerField()
    used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used__lte=models.F("uses")), name="a_code_serves_as_often_as_said"
            ),
        ]


class Facilitator(Row):
    """An adult who helps. No member: no vote, no number. ``function`` is what everyone reads."""

    personal_data = PersonalData(ROLES, of=("person",))

    house = models.ForeignKey(House, on_delete=models.CASCADE, related_name="facilitators", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facilitates")
    function = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "person"], condition=Q(until=None), name="one_running_facilitator"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="a_facilitator_ends_after_it_began",
            ),
        ]
