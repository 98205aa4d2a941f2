from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

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

    personal_data = (
        "name and age band as given; erased on request, and guests without contributions after 13 months"
    )

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

    personal_data = "e-mail address and password hash; erased with the account"

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

    personal_data = "browser, system and day of last use, in words; deleted when it ends, two weeks at most"

    account = models.ForeignKey(Account, null=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    used_on = models.DateField(db_default=Now())

    class Meta(AbstractBaseSession.Meta):
        abstract = False


class ContactAddress(Row):
    """Where a person asked to be told. A guest may leave one without an account."""

    personal_data = (
        "e-mail address; erased on request, and 13 months after the process that it was given for ends"
    )

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField()
    language = models.CharField(max_length=5, default="fr")
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint("person", Lower("email"), name="one_address_per_person")]


class Consent(Row):
    """What a person agreed to, in the words that were shown."""

    personal_data = "kept as proof for the life of the address, then one year"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=40)
    wording = models.TextField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
