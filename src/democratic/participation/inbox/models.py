"""Letters to the authority: private, neither Records nor Entries."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Service
from democratic.kernel.data_classes import LETTERS
from democratic.kernel.personal_data import NoPersonalData, PersonalData
from democratic.kernel.rows import Row
from democratic.kernel.spoken import Spoken
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.participation.inbox.states import ConversationState
from democratic.people.models import AgeBand, Person
from democratic.thread.models import Authority, Record


class Channel(models.TextChoices):
    """By what a message came, and its answer goes back."""

    WEB = "web", _("sur le site")
    EMAIL = "email", _("par e-mail")
    PHONE = "phone", _("par téléphone")
    CHAT = "chat", _("par messagerie")
    SMS = "sms", _("par SMS")


class Agreement(models.TextChoices):
    """Whether the person lets her words become a public contribution."""

    NONE = "", _("Pas demandé")
    ASKED = "asked", _("Demandé, sans réponse encore")
    GIVEN = "given", _("D’accord")
    REFUSED = "refused", _("Pas d’accord")


class InboxTag(Row):
    """A word under which conversations are sorted. ``is_proposed``: of the authority's own list.

    ``retired_at``: since when no one is sorted under it any more; what was, still is.
    """

    personal_data = NoPersonalData("words of the authority's own")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="inbox_tags")
    name = models.CharField(max_length=40)
    is_proposed = models.BooleanField(default=False)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("authority", Lower("name"), name="one_inbox_tag_per_name")]


class ReplyTemplate(Row):
    """An answer that is often given, to begin from. ``texts``: {language: text}, never empty."""

    personal_data = NoPersonalData("words of the authority's own")

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="reply_templates")
    name = models.CharField(max_length=60)
    texts: Any = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint("authority", Lower("name"), name="one_reply_template_per_name"),
            models.CheckConstraint(condition=~models.Q(texts={}), name="reply_template_says_something"),
        ]


class Conversation(Row):
    """What one person and the authority say to each other. ``secret_hash``: of the key that lets her read it.

    ``address``: an e-mail address, a telephone number or a channel's own; empty when she left none.
    """

    personal_data = PersonalData(LETTERS, of=("person",), handled_by=("assignee",), hidden=("secret_hash",))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="conversations")
    code = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=8, choices=Channel)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conversations")
    name = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=254, blank=True)
    # Of who writes by a channel that has its own: her address is kept there, and goes from there.
    correspondent = models.ForeignKey(
        Correspondent, null=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    age_band = models.CharField(max_length=10, choices=AgeBand, default=AgeBand.UNSAID)
    language = models.CharField(max_length=5, default="fr")
    subject = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=ConversationState, default=ConversationState.NEW)
    service = models.ForeignKey(
        Service, null=True, on_delete=models.PROTECT, related_name="conversations", db_index=False
    )
    assignee = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="conversations_in_hand"
    )
    due_on = models.DateField()
    tags = models.ManyToManyField(InboxTag, related_name="conversations")
    process = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    # What it is about, and what it became once she agreed to say it in public.
    about = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    became = models.ForeignKey(Record, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement = models.CharField(max_length=8, choices=Agreement, default=Agreement.NONE, blank=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(became=None) | models.Q(agreement="given"), name="public_once_she_agreed"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) ^ models.Q(state="closed"), name="closed_at_its_moment"
            ),
        ]
        indexes = [
            # What waits for us, the oldest due first: all that the first page and the tabs count.
            models.Index(
                fields=["authority", "due_on", "id"],
                condition=models.Q(state__in=("new", "assigned")),
                include=["state", "assignee", "service"],
                name="inbox_waiting",
            ),
            models.Index(fields=["authority", "state", "-last_at", "-id"], name="inbox_by_state"),
            models.Index(fields=["channel", "address", "-last_at"], name="inbox_by_address"),
        ]


class InboxMessage(Row):
    """One message of a conversation, or what agents note between them. Exactly once by (channel, external_id)."""

    personal_data = PersonalData(
        LETTERS, of=("conversation__person",), handled_by=("author",), hidden=("vector",)
    )

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Reçu")
        ANSWER = "answer", _("Réponse")
        QUESTION = "question", _("Question")
        NOTE = "note", _("Note entre agents")
        REOPENED = "reopened", _("Rouverte")

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind)
    channel = models.CharField(max_length=8, choices=Channel)
    # Empty for what came by no connector; an e-mail's Message-ID otherwise, also of one that we sent.
    external_id = models.CharField(max_length=250, blank=True)
    text = models.TextField()
    # Kept, as a search would make it again for each message that it finds.
    vector: Any = models.GeneratedField(
        expression=SearchVector("text", config="fr"), output_field=SearchVectorField(), db_persist=True
    )
    # Names, types and sizes of what was attached: nothing of it is kept but photos and voices (``FlowFile``).
    attachments: Any = models.JSONField(default=list)
    # The agent who wrote or noted it; nobody for what she wrote herself.
    author = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    at = models.DateTimeField()
    outgoing = models.ForeignKey(OutgoingMessage, null=True, on_delete=models.SET_NULL, related_name="+")
    # Why nothing left, when it is known at once.
    unsent_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "external_id"],
                condition=~models.Q(external_id=""),
                name="one_message_per_external_id",
            )
        ]
        indexes = [
            models.Index(fields=["conversation", "at"], name="inbox_in_order"),
            GinIndex(fields=["vector"], name="inbox_words"),
        ]

    @property
    def words(self) -> str:
        """In the language of the conversation; what agents say among themselves is in nobody knows which."""
        between_agents = self.kind in (self.Kind.NOTE, self.Kind.REOPENED)
        return Spoken(self.text, "" if between_agents else self.conversation.language)
