"""A letter becomes a public contribution only once the person said yes; the key of her letter opens both."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.inbox.actions import write_back
from democratic.participation.inbox.models import Agreement, Conversation, InboxMessage
from democratic.participation.inbox.queries import last_sent, messages_of
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import ClaimSecret, Origin, Record


@transaction.atomic
def ask_agreement(*, conversation: Conversation, process: Process, by: Person, clock: Clock) -> InboxMessage:
    """Ask her, on her channel, in her language; which consultation it would be said in is kept."""
    _refuse_if_public(conversation)
    with override(conversation.language):
        asked = _(
            "Votre message pourrait devenir une parole publique de la concertation « %(process)s » : elle y"
            " recevrait une réponse que tout le monde peut lire. Ni votre nom ni votre adresse ne seraient"
            " publiés. Êtes-vous d’accord ?"
        ) % {"process": process.record.title}
    seen = last_sent(messages_of(conversation, with_notes=False))
    message = write_back(
        conversation=conversation,
        kind=InboxMessage.Kind.QUESTION,
        text=asked,
        seen=seen,
        by=by,
        clock=clock,
    )
    Conversation.objects.filter(pk=conversation.pk).update(agreement=Agreement.ASKED, process=process.record)
    return message


@transaction.atomic
def note_agreement(*, conversation: Conversation, is_given: bool) -> None:
    """She said yes or no: on her page, or in words that an agent read or heard."""
    _refuse_if_public(conversation)
    said = Agreement.GIVEN if is_given else Agreement.REFUSED
    Conversation.objects.filter(pk=conversation.pk, became=None).update(agreement=said)


@transaction.atomic
def become_contribution(
    *, conversation: Conversation, process: Process, words: Words, clock: Clock
) -> Record:
    """Said in public as she said it to us: by mail, on the telephone. Owed a public answer like any other."""
    locked = (
        Conversation.objects.select_for_update(of=("self",)).select_related("person").get(pk=conversation.pk)
    )
    _refuse_if_public(locked)
    if locked.agreement != Agreement.GIVEN:
        raise Conflict(gettext_lazy("La personne n’a pas encore dit oui : demandez-lui d’abord son accord."))
    receipt = submit_idea(
        process=process,
        author=locked.person,
        words=words,
        origin=Origin(locked.channel),
        age_band=locked.age_band,
        clock=clock,
    )
    record = receipt.idea.record
    # No other key is given: hers, which no agent ever saw, opens what she said in public too.
    ClaimSecret.objects.filter(record=record).update(secret_hash=locked.secret_hash)
    Conversation.objects.filter(pk=locked.pk).update(became=record, process=process.record)
    return record


def _refuse_if_public(conversation: Conversation) -> None:
    if conversation.became_id is not None:
        raise Conflict(gettext_lazy("C’est déjà une parole publique."))
