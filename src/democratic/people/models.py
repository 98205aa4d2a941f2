from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import ACCOUNT, ADDRESS, CONSENT, IDENTITY, SESSION, STOPPED, VERIFIED
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row


class AgeBand(models.TextChoices):
    """Bands, never birth dates; a band that was skipped counts as under 15."""

    UNSAID = "unsaid", _("Non dit")
    UNDER_15 = "under_15", _("Moins de 15 ans")
    TEENS = "15_17", _("15-17 ans")
    YOUNG = "18_25", _("18-25 ans")
    ADULT = "26_64", _("26-64 ans")
    SENIOR = "65", _("65 ans et plus")


class Person(Row):
    """Who takes part. A guest has no account; claiming sets ``root``, and rewrites nothing."""

    personal_data = PersonalData(IDENTITY, of=("pk", "root"))

    name = models.CharField(max_length=80, blank=True)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNSAID)
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="claimed")
    created_on = models.DateField(db_default=Now())
    erased_on = models.DateField(null=True)


class AccountManager(BaseUserManager["Account"]):
    def get_queryset(self) -> models.QuerySet["Account"]:
        """With the person: every signed-in page asks who takes part."""
        return super().get_queryset().select_related("person")

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(Row, AbstractBaseUser):
    """A way to sign in, apart from the person who takes part."""

    personal_data = PersonalData(ACCOUNT, of=("person",), hidden=("password",))

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account")
    language = models.CharField(max_length=5, default="fr")
    is_active = models.BooleanField(default=True)
    created_on = models.DateField(db_default=Now())

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]


class Session(AbstractBaseSession):
    """A browser that is signed in, or on its way in: what its owner sees of it, and may end.

    Neither the network address nor the whole user agent: the words that let her know it again are enough.
    """

    personal_data = PersonalData(SESSION, of=("account__person",), hidden=("session_key", "session_data"))

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    used_on = models.DateField(db_default=Now())

    class Meta(AbstractBaseSession.Meta):
        abstract = False


class LinkedIdentity(Row):
    """Someone whom an identity service knows, and whose account it opens: by a print, never read back."""

    personal_data = PersonalData(ACCOUNT, of=("account__person",), hidden=("subject_print",))

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    # As the operator declared it: "ma-ville/agents".
    provider = models.CharField(max_length=100)
    subject_print = models.CharField(max_length=64, unique=True)
    linked_on = models.DateField()


class Level(models.TextChoices):
    """How a person was verified. FranceConnect proves who, not where."""

    IDENTITY = "oidc_identity", _("Identité vérifiée par un service d’identité")
    DESK_CHECK = "desk_check", _("Vue au guichet, avec une pièce d’identité")


class Verification(Row):
    """A fact with its source and its day. No name, no birth date: a tool states what it requires, and why."""

    personal_data = PersonalData(VERIFIED, of=("person",))

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="verifications")
    level = models.CharField(max_length=20, choices=Level)
    source = models.CharField(max_length=100)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "level", "source"], name="one_verification_per_source"),
            models.CheckConstraint(condition=models.Q(level__in=Level.values), name="a_known_level"),
        ]


class ContactAddress(Row):
    """Where a person asked to be told. A guest may leave one without an account."""

    personal_data = PersonalData(ADDRESS, of=("person",))

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("person", Lower("email"), name="one_address_per_person")]


class StoppedAddress(Row):
    """An address where someone said STOP, as a print: it is known again, and never read back."""

    personal_data = PersonalData(STOPPED, unlinked="keyed hashes of addresses, whoever gives them")

    email_print = models.CharField(max_length=64, unique=True)
    stopped_at = models.DateTimeField()


class Purpose(models.TextChoices):
    """What one may agree to: a closed list."""

    NOTICES = "notices", _("Vous dire ce que deviennent vos paroles et ce que vous suivez")
    CHILD_TOLD = "child_told", _("Dire à votre enfant ce que devient sa parole")


class ConsentSource(models.TextChoices):
    """Where someone agreed, or took it back."""

    SAID = "said", _("en prenant la parole")
    FOLLOWED = "followed", _("en suivant un sujet")
    ACCOUNT = "account", _("en ouvrant un compte")
    LEDGER = "ledger", _("depuis la page « Mes accords »")
    MAIL = "mail", _("par le lien d’un message")
    JOINT = "joint", _("avec l’accord d’un parent")
    PARENT = "parent", _("en répondant pour son enfant")
    CHILD = "child", _("sur la page de l’enfant")
    LEFT = "left", _("en fermant le compte, ou en effaçant vos données")
    TERM = "term", _("à la fin du temps de conservation")
    CHAT = "chat", _("en répondant dans une conversation")
    EARLIER = "earlier", _("avant que l’origine soit notée")


class Consent(Row):
    """What a person agreed to for one address, in the words that were shown; and when she took it back.

    The address may go before its proof: ``address_print`` still tells whether a given address is the one.
    """

    personal_data = PersonalData(CONSENT, of=("person",), hidden=("address_print",))

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    address = models.ForeignKey(ContactAddress, null=True, on_delete=models.SET_NULL, related_name="consents")
    address_print = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=40, choices=Purpose)
    wording = models.TextField()
    language = models.CharField(max_length=5, default="fr")
    source = models.CharField(max_length=10, choices=ConsentSource, default=ConsentSource.EARLIER)
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNSAID)
    given_at = models.DateTimeField()
    # The owner of the address answered a message sent there: the proof that it was she.
    proved_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=10, choices=ConsentSource, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__in=Purpose.values), name="consent_to_a_known_purpose"
            )
        ]
