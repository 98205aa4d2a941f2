"""Letters are forgotten thirteen months after their last word, once nobody waits for us."""

from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Coalesce, Now

from democratic.kernel.data_classes import LETTERS
from democratic.participation.inbox.models import Conversation
from democratic.participation.inbox.states import WAITING


def forget_old_letters() -> int:
    """Conversations, with all their messages. One to which an answer is still owed is kept until it is given."""
    old = Now() - timedelta(days=LETTERS.term.length)
    ended = Conversation.objects.annotate(ended_at=Coalesce("closed_at", "last_at")).filter(ended_at__lt=old)
    ids = list(ended.filter(~Q(state__in=WAITING)).values_list("pk", flat=True))
    Conversation.objects.filter(pk__in=ids).delete()
    return len(ids)
