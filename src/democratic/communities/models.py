from django.db import models
from django.db.models.functions import Lower

from democratic.kernel.rows import Row
from democratic.people.models import Person
from democratic.thread.models import Authority, Record, Role


class Service(Row):
    """A service of an authority: every obligation belongs to one, with a titular and a deputy.

    Agents' names are not public by default: pages show the service and its function.
    """

    personal_data = "titular and deputy are links to persons; not published"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(max_length=120)
    titular = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="titular_of")
    deputy = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deputy_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="one_service_per_name")]


class Official(Row):
    """An elected person who orders, answers and signs in public, under her name and function."""

    personal_data = "name and function, public by the office held"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="officials")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField(max_length=120)
    function = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "function"], name="one_official_per_function"
            )
        ]


class Invitation(Row):
    """A role that waits for its holder: one link, used once, within seven days, by the owner of one address.

    Nothing but the hour decides whether it has expired: no other mail, reset or confirmation moves it.
    """

    personal_data = "the address invited and who invited; deleted 90 days after the invitation ended"

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
