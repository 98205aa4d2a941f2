"""The life of a conversation. A new message of hers reopens it, whatever its state."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict


class ConversationState(models.TextChoices):
    NEW = "new", _("À trier")
    ASSIGNED = "assigned", _("Confiée")
    ASKED = "asked", _("En attente de la personne")
    ANSWERED = "answered", _("Répondue")
    CLOSED = "closed", _("Close")


S = ConversationState
NEXT: dict[str, frozenset[str]] = {
    S.NEW: frozenset({S.NEW, S.ASSIGNED, S.ASKED, S.ANSWERED, S.CLOSED}),
    S.ASSIGNED: frozenset({S.ASSIGNED, S.ASKED, S.ANSWERED, S.CLOSED}),
    S.ASKED: frozenset({S.NEW, S.ASSIGNED, S.ASKED, S.ANSWERED, S.CLOSED}),
    S.ANSWERED: frozenset({S.NEW, S.ASSIGNED, S.ASKED, S.ANSWERED, S.CLOSED}),
    S.CLOSED: frozenset({S.NEW, S.ASSIGNED}),
}
# Those in which someone waits for us.
WAITING = (S.NEW, S.ASSIGNED)


def refuse_unless_next(state: str, wanted: str) -> None:
    if wanted not in NEXT[state]:
        raise Conflict(_("Cet échange est clos : il se rouvre quand la personne écrit."))
