from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import MESSAGES
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import ContactAddress
from democratic.thread.models import Authority, Entry


class OutgoingMessage(Row):
    """A message that an effect decided on. Unique by (entry, recipient, purpose): never twice.

    It is sent by a job, outside the transaction that wrote it; one that is not sent says why.
    """

    personal_data = PersonalData(MESSAGES, of=("address__person",))

    class State(models.TextChoices):
        QUEUED = "queued", _("En attente")
        SENDING = "sending", _("En cours d’envoi")
        SENT = "sent", _("Envoyé")
        STOPPED = "stopped", _("Arrêté")
        FAILED = "failed", _("Échec")

    # Null for what no public fact caused, such as the confirmation of an address.
    entry = models.ForeignKey(
        Entry, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    # Who writes: a person may be told by several authorities at one address.
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="messages")
    address = models.ForeignKey(ContactAddress, on_delete=models.CASCADE, related_name="messages")
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
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "address", "purpose"], nulls_distinct=False, name="one_message_per_purpose"
            )
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=models.Q(state="queued"), name="messages_to_send")
        ]
