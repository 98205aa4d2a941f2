"""Whom a channel reaches."""

from django.db import models

from democratic.kernel.data_classes import CORRESPONDENT
from democratic.kernel.personal_data import PersonalData
from democratic.kernel.rows import Row
from democratic.messaging.models.channels import ChannelKind
from democratic.people.models import Person
from democratic.thread.models import Authority


class Correspondent(Row):
    """Someone at one address of one channel. After STOP, once that was acknowledged, the address goes: its print
    tells it again, and nothing more. ``is_leaving``: under 15, she goes once nothing more is to be said to her.

    ``heard_at``: her last word, from which a channel's window runs; null, we wrote first and she has not written.
    ``is_told``: she asked to hear, here, what it becomes.
    ``heard_name``: the provider's name of that word, which an answer joins. ``mailbox_print``: on channels where one
    person may hold several exchanges, what these share.
    ``gone_at``: the provider said that nobody has this address any more. Whoever writes from it next is someone else.
    """

    personal_data = PersonalData(CORRESPONDENT, of=("person",), hidden=("address_print", "mailbox_print"))

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="correspondents")
    kind = models.CharField(max_length=10, choices=ChannelKind)
    address = models.CharField(max_length=1000, blank=True)
    address_print = models.CharField(max_length=64)
    mailbox_print = models.CharField(max_length=64, blank=True, default="", db_default="")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="correspondents")
    language = models.CharField(max_length=5, default="fr")
    is_told = models.BooleanField(default=False)
    heard_at = models.DateTimeField(null=True)
    heard_name = models.CharField(max_length=250, blank=True, default="", db_default="")
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
        indexes = [
            models.Index(
                fields=["mailbox_print"],
                condition=~models.Q(mailbox_print=""),
                name="correspondents_of_mailbox",
            )
        ]
