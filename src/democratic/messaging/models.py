"""What leaves and what arrives: messages, whom they go to, and the channels that an authority opened."""

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import CORRESPONDENT, INCOMING, MESSAGES
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.people.models import ContactAddress, Person
from democratic.thread.models import Authority, Entry


class ChannelKind(models.TextChoices):
    """By what people and the authority write to each other. E-mail has addresses of its own (``ContactAddress``)."""

    EMAIL = "email", _("E-mail")
    WIDGET = "widget", _("Fenêtre sur un site")
    KIOSK = "kiosk", _("Borne")
    MATRIX = "matrix", _("Matrix (Tchap)")
    PUSH = "push", _("Notification du navigateur")
    SMS = "sms", _("SMS")
    TELEGRAM = "telegram", _("Telegram")
    WHATSAPP = "whatsapp", _("WhatsApp")
    WEBHOOK = "webhook", _("Autre, par un webhook signé")


class ChannelUse(Row):
    """How an authority uses a channel. Off until its data-protection decision is recorded here.

    ``limits``: what its provider allows this month, over what the connector declares (``civics.reach.capabilities``).
    ``slot_at``: until when the provider's rate is spent. ``proved_at``: the first real delivery; empty, nothing was.
    """

    personal_data = NoPersonalData("an authority's own decision")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    decision = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True)
    is_open = models.BooleanField(default=False)
    limits: Any = models.JSONField(default=dict, blank=True)
    quiet_from = models.SmallIntegerField(default=20)
    quiet_until = models.SmallIntegerField(default=10)
    weekly_cap = models.SmallIntegerField(default=2)
    slot_at = models.DateTimeField(db_default=Now())
    proved_at = models.DateTimeField(null=True)
    # Of a channel that is asked: up to where it was read.
    cursor = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "kind"], name="one_use_per_channel"),
            models.CheckConstraint(
                condition=models.Q(is_open=False)
                | (~models.Q(decision="") & models.Q(decided_on__isnull=False)),
                name="no_channel_without_its_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from__range=(12, 24), quiet_until__range=(0, 12), weekly_cap__gte=1),
                name="channel_hours_are_hours",
            ),
        ]


class Correspondent(Row):
    """Someone at one address of one channel. After STOP, once that was acknowledged, the address goes: its print
    tells it again, and nothing more. ``is_leaving``: under 15, she goes once nothing more is to be said to her.

    ``heard_at``: her last word, from which a channel's window runs. ``is_told``: she asked to hear, here, what it becomes.
    ``gone_at``: the provider said that nobody has this address any more. Whoever writes from it next is someone else.
    """

    personal_data = PersonalData(CORRESPONDENT, of=("person",), hidden=("address_print",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="correspondents")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=1000, blank=True)
    address_print = models.CharField(max_length=64)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="correspondents")
    language = models.CharField(max_length=5, default="fr")
    is_told = models.BooleanField(default=False)
    heard_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    is_leaving = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "address_print"],
                condition=models.Q(gone_at=None),
                name="one_correspondent_per_address",
            ),
        ]


class IncomingMessage(Row):
    """What a connector received, before anything is done of it. Exactly once by (authority, kind, external_id).

    ``choice``: the button that was pressed. ``media``: ``[{"kind": "photo", "ref": …}]``, as the provider names them.
    ``shard``: messages of one address are carried out in their order, by one worker at a time.
    """

    personal_data = PersonalData(
        INCOMING, unlinked="whose it is is not looked up before it is carried out; its words go then"
    )

    class State(models.TextChoices):
        WAITING = "waiting", _("À traiter")
        HELD = "held", _("En attente de l’âge")
        DONE = "done", _("Traité")
        PARKED = "parked", _("Mis de côté : à regarder")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    external_id = models.CharField(max_length=250)
    address = models.CharField(max_length=1000)
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=90, blank=True)
    media: Any = models.JSONField(default=list)
    language = models.CharField(max_length=5, blank=True)
    shard = models.SmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    attempts = models.SmallIntegerField(default=0)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "external_id"], name="one_incoming_message_per_name"
            )
        ]
        indexes = [
            models.Index(
                fields=["shard", "id"], condition=models.Q(state="waiting"), name="incoming_to_carry_out"
            )
        ]


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
    sent_at = models.DateTimeField(null=True)

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
