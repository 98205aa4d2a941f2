from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person


class Authority(Row):
    """A local authority: the owner of every Record, filtered in the queryset layer."""

    personal_data = NoPersonalData("about an authority")

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    kind_label = models.CharField(max_length=60)
    # Where it is reached: its own host (empty: any), or ``/c/<slug>`` at a host that several share.
    host = models.CharField(max_length=253, blank=True)
    is_under_path = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    languages = models.CharField(max_length=60, default="fr,en")
    identity = models.CharField(max_length=20, blank=True)
    # The authority's own colour, "#0f5257"; empty: that of its identity.
    accent = models.CharField(max_length=7, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=models.Q(is_under_path=False), name="one_authority_per_host"
            )
        ]

    @property
    def path(self) -> str:
        """What comes before every path of its pages: empty for who has a host of its own."""
        return f"/c/{self.slug}" if self.is_under_path else ""

    def speaks(self, language: str) -> bool:
        return language in self.languages.split(",")


class Audience(Row):
    """Who may see. One queryset filters every list by it."""

    personal_data = NoPersonalData("about a group, not who is in it")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="audiences")
    name = models.CharField(max_length=120, blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(is_public=True), name="one_public_audience"
            )
        ]


class AudienceMember(Row):
    """Written by ``communities`` in the membership's own transaction."""

    personal_data = PersonalData(ROLES, of=("person",))

    audience = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="audience_memberships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "person"],
                condition=models.Q(until=None),
                name="one_running_audience_membership",
            )
        ]


class Role(models.TextChoices):
    AGENT = "agent", _("Agent")
    OFFICIAL = "official", _("Élue ou élu")
    MODERATOR = "moderator", _("Modération")
    ADMINISTRATOR = "administrator", _("Administration")


class Grant(Row):
    """A role given to a person over an authority, or over one process of it."""

    personal_data = PersonalData(ROLES, of=("person",))

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="grants")
    process = models.ForeignKey("thread.Record", null=True, on_delete=models.PROTECT, related_name="grants")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "authority", "process"],
                condition=models.Q(until=None),
                nulls_distinct=False,
                name="one_running_grant",
            )
        ]
