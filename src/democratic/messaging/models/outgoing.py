"""What leaves."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import MESSAGES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models.correspondents import Correspondent
from democratic.people.models import ContactAddress
from democratic.thread.models import Authority, Entry


class OutgoingMessage(Row):
    """A message that an effect decided on. Unique by (entry, recipient, purpose): never twice.

    It is sent by a job, outside the transaction that wrote it; one that is not sent says why.
    """

    personal_data = PersonalData(MESSAGES, of=("address__person", "correspondent__person"))

    class State(models.TextChoices):
        QUEUED = "queued", _("En attente")
        SENDING = "sending", _("En cours d’envoi")
        SENT = "sent", _("Envoyé")
        STOPPED = "stopped", _("Arrêté")
        FAILED = "failed", _("Échec")
        # Beyond a channel's window: it leaves once she writes.
        WINDOW = "window", _("Attend que la personne écrive")

    # Null for what no public fact caused, such as the confirmation of an address.
    entry = models.ForeignKey(
        Entry, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    # Who writes: a person may be told by several authorities at one address.
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="messages")
    # One of the two: an e-mail address, or someone on another channel.
    address = models.ForeignKey(ContactAddress, null=True, on_delete=models.CASCADE, related_name="messages")
    correspondent = models.ForeignKey(
        Correspondent, null=True, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    # What may be pressed under it: ``[[key, label], …]``.
    buttons: Any = models.JSONField(default=list, db_default=[])
    # What a provider approved, and carries to who has not written lately: ``ports.Template`` as it is kept.
    template: Any = models.JSONField(null=True)
    # We write first: in daytime, and no more than a few times a week.
    is_first = models.BooleanField(default=False, db_default=False)
    not_before = models.DateTimeField(null=True)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # Of what someone wrote to someone, and is answered: empty for a notice.
    reply_to = models.CharField(max_length=254, blank=True, default="", db_default="")
    in_reply_to = models.CharField(max_length=250, blank=True, default="", db_default="")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.SmallIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    # Since when it is being sent: a kill between the claim and the mark shows there.
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    # As the provider tells it; whether it was read is not kept, even where one says so.
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "address", "correspondent", "purpose"],
                nulls_distinct=False,
                name="one_message_per_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(address=None) ^ models.Q(correspondent=None),
                name="a_message_goes_to_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(state="queued"), name="messages_to_send"),
            models.Index(
                fields=["authority", "id"],
                condition=models.Q(state="queued", correspondent__isnull=False),
                name="messages_to_carry",
            ),
            models.Index(
                fields=["correspondent", "-created_at"],
                condition=models.Q(correspondent__isnull=False),
                name="messages_of_correspondent",
            ),
        ]

    @property
    def mailbox(self) -> ContactAddress:
        """Where an e-mail goes. LookupError for what leaves by another channel."""
        if self.address is None:
            raise LookupError("this message is no e-mail")
        return self.address
