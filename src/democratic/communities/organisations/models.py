from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import BELONGING, JOINING, SPEAKING
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Audience, Authority, Record


class Organisation(models.Model):
    """An association, or a body of the authority: its name and purpose are the words of its Record.

    Its members are an Audience, so that one queryset shows them what is theirs alone.
    """

    class Sort(models.TextChoices):
        ASSOCIATION = "association", _("Association")
        BODY = "body", _("Conseil ou comité")

    personal_data = NoPersonalData("an organisation: who belongs to it is in Membership")

    record = models.OneToOneField(
        Record, primary_key=True, on_delete=models.PROTECT, related_name="organisation"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="organisations")
    name = models.CharField(max_length=200)
    sort = models.CharField(max_length=12, choices=Sort)
    audience = models.OneToOneField(Audience, on_delete=models.PROTECT, related_name="organisation")

    class Meta:
        constraints = [models.UniqueConstraint("authority", Lower("name"), name="one_organisation_per_name")]


class Membership(Row):
    """Who belongs to an organisation, from one day to another. Not public: only who speaks for it is."""

    class Place(models.TextChoices):
        MEMBER = "member", _("Membre")
        EDITOR = "editor", _("Tient la page")

    personal_data = PersonalData(BELONGING, of=("person",))

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    place = models.CharField(max_length=8, choices=Place, default=Place.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(until=None),
                name="one_running_membership",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="a_membership_ends_after_it_began",
            ),
        ]


class JoinLink(Row):
    """A secret that makes who opens it a member: given by hand, used once, within fourteen days."""

    personal_data = PersonalData(JOINING, of=("made_by",), hidden=("secret_hash",))

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_links")
    place = models.CharField(max_length=8, choices=Membership.Place, default=Membership.Place.MEMBER)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class SpeakingMandate(Row):
    """*Habilitation*: a member may speak for an organisation, under a name and function that all can read.

    Proposed by who keeps the page, public once the member accepts it, and revocable by both.
    """

    personal_data = PersonalData(SPEAKING, of=("person",))

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="mandates_to_speak")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="mandates_to_speak")
    name = models.CharField(max_length=80)
    function = models.CharField(max_length=120)
    proposed_on = models.DateField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"],
                condition=models.Q(until=None),
                name="one_running_mandate_to_speak",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None)
                | models.Q(since=None)
                | models.Q(until__gte=models.F("since")),
                name="a_mandate_to_speak_ends_after_it_began",
            ),
        ]

    @property
    def signature(self) -> str:
        """As it stands beside what is said: « Inès Roy, présidente, Vélos du Val »."""
        return ", ".join(part for part in (self.name, self.function, self.organisation.name) if part)
