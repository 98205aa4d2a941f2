"""The act of ``democratic receive-mail``, once Django is ready."""

from django.db import DatabaseError

from democratic.config.commands.which_authority import authority_named
from democratic.config.server.progress import say
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.refusals import Refusal
from democratic.kernel.switches import read_only
from democratic.participation.inbox.mail import Unreadable, read_letter
from democratic.participation.inbox.mailing import receive_letter

KEPT, UNREADABLE, LATER = 0, 65, 75


def receive(raw: bytes, slug: str) -> int:
    """Words for the mail server's log: neither an address nor a word of what was written."""
    try:
        letter = read_letter(raw)
    except Unreadable:
        say("Ce message n’est pas lisible, ou dépasse 10 Mo.")
        return UNREADABLE
    try:
        if read_only() is not None:
            say("Rien ne s’écrit pour le moment : à représenter plus tard.")
            return LATER
        received = receive_letter(authority=authority_named(slug), letter=letter, clock=DATABASE_CLOCK)
    except Refusal:
        say("Ce message ne dit rien : ni texte, ni pièce jointe.")
        return UNREADABLE
    except DatabaseError:
        say("La base ne répond pas : à représenter plus tard.")
        return LATER
    if received is None:
        say("Réponse automatique : laissée de côté.")
    elif received.is_new:
        say(f"Gardé : conversation {received.conversation.code}.")
    else:
        say(f"Déjà gardé : conversation {received.conversation.code}.")
    return KEPT
