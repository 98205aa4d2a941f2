from django.db import models
from django.db.models.functions import Lower

from democratic.communities.accessibility.models import ALL, HALF, AccessibilityDeclaration, Conformity
from democratic.communities.agreements.models import JointAgreement
from democratic.communities.editorial.models import (
    FileTakenOff,
    HomeBlock,
    MenuEntry,
    OppositionGroup,
    OppositionMember,
    PageAddress,
    Publication,
    Revision,
)
from democratic.communities.houses.models import (
    Adoption,
    AdoptionVoice,
    Charter,
    CharterArticle,
    DrawNumber,
    Facilitator,
    House,
    HouseCode,
    HouseMember,
    RightStep,
    RoleDraw,
    RoleTerm,
    Skill,
    SkillWord,
)
from democratic.communities.organisations.models import JoinLink, Membership, Organisation, SpeakingMandate
from democratic.communities.reserve.models import ElectionReserve, ReserveException
from democratic.communities.steps import Logo, MailTrial, SetAside
from democratic.kernel.data_classes import INVITED, LEGAL_NAMES, OFFICE, ROLES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority, Record, Role

__all__ = [
    "AccessibilityDeclaration",
    "Adoption",
    "AdoptionVoice",
    "Charter",
    "CharterArticle",
    "Conformity",
    "Controller",
    "DrawNumber",
    "ElectionReserve",
    "Facilitator",
    "FileTakenOff",
    "HomeBlock",
    "House",
    "HouseCode",
    "HouseMember",
    "Invitation",
    "JoinLink",
    "JointAgreement",
    "Logo",
    "MailTrial",
    "Membership",
    "MenuEntry",
    "Official",
    "OppositionGroup",
    "OppositionMember",
    "Organisation",
    "PageAddress",
    "ProvisioningToken",
    "Publication",
    "ReserveException",
    "Revision",
    "RightStep",
    "RoleDraw",
    "RoleTerm",
    "Service",
    "SetAside",
    "Skill",
    "SkillWord",
    "SpeakingMandate",
]


class Controller(models.Model):
    """Who answers, before the law, for what an authority publishes and keeps: one for each authority.

    Data controller (GDPR, article 4), publisher (French law of 21 June 2004) and accessibility declaration.
    """

    personal_data = PersonalData(LEGAL_NAMES, unlinked="names of offices, of nobody who has an account here")

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.PROTECT, related_name="controller"
    )
    legal_name = models.CharField(max_length=200)
    siret = models.CharField(max_length=14, blank=True)
    postal_address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    publication_director = models.CharField(max_length=200, blank=True)
    hosting = models.TextField(blank=True)
    officer = models.CharField(max_length=200, blank=True)
    officer_email = models.EmailField(blank=True)
    # As last declared (``communities.accessibility``), for the foot of every page. Null until an audit by people.
    accessibility_rate = models.SmallIntegerField(null=True)
    audited_on = models.DateField(null=True)
    accessibility_gaps = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accessibility_rate=None, audited_on=None)
                | models.Q(accessibility_rate__range=(0, 100), audited_on__isnull=False),
                name="an_accessibility_rate_comes_from_an_audit",
            )
        ]

    @property
    def conformity(self) -> "Conformity":
        """As the declaration of the RGAA names it: partial from half of the criteria on."""
        if self.accessibility_rate is None or self.accessibility_rate < HALF:
            return Conformity.NONE
        return Conformity.PARTIAL if self.accessibility_rate < ALL else Conformity.TOTAL


class Service(Row):
    """A service of an authority: every obligation belongs to one, with a titular and a deputy.

    Agents' names are not public by default: pages show the service and its function.
    """

    personal_data = PersonalData(ROLES, of=("titular", "deputy"))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    titular = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="titular_of")
    deputy = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deputy_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="one_service_per_name")]


class Official(Row):
    """An elected person who orders, answers and signs in public, under her name and function.

    ``until``: her office is over; what she ordered and signed stays hers, and she signs no more.
    """

    personal_data = PersonalData(OFFICE, of=("person",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="officials")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)
    # Null for who was already in office when this was first written down.
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "function"],
                condition=models.Q(until=None),
                name="one_official_per_function",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None)
                | models.Q(since=None)
                | models.Q(until__gte=models.F("since")),
                name="an_office_ends_after_it_began",
            ),
        ]


class Invitation(Row):
    """A role that waits for its holder: one link, used once, within seven days, by the owner of one address.

    Nothing but the hour decides whether it has expired: no other mail, reset or confirmation moves it.
    """

    personal_data = PersonalData(INVITED, of=("invited_by",), hidden=("secret_hash",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="invitations")
    process = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=Role)
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    secret_hash = models.CharField(max_length=64, unique=True)
    # Null when the command line invited: a new installation has nobody who could.
    invited_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "authority",
                "process",
                "role",
                Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                nulls_distinct=False,
                name="one_open_invitation",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="invitation_ends_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")), name="invitation_expires_after"
            ),
        ]
        indexes = [models.Index(fields=["authority", "-invited_at"], name="invitations_of_authority")]


class ProvisioningToken(models.Model):
    """What an authority's directory shows when it tells who left (SCIM). Shown once, kept as a print."""

    personal_data = NoPersonalData("a key of a directory; it names nobody")

    authority = models.OneToOneField(
        Authority, primary_key=True, on_delete=models.CASCADE, related_name="provisioning_token"
    )
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
