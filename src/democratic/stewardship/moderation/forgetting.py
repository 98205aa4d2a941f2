"""What is kept of who gave a notice or contested: as long as it may be contested, and no longer."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from democratic.kernel.data_classes import NOTICE
from democratic.stewardship.moderation.models import Appeal, Notice
from democratic.stewardship.moderation.states import AppealState, NoticeState


@transaction.atomic
def forget_old_notices() -> int:
    """A year after the decision nothing tells who gave the notice, nor in which words: a count stays."""
    old = Now() - timedelta(days=NOTICE.term.length)
    answered = Notice.objects.exclude(state=NoticeState.RECEIVED).filter(ruling__record__happened_at__lt=old)
    kept = answered.exclude(notifier=None, secret_hash="", explanation="")
    appeals = Appeal.objects.exclude(state=AppealState.OPEN).filter(
        ruling__second__record__happened_at__lt=old
    )
    said = appeals.exclude(person=None, text="")
    return kept.update(notifier=None, secret_hash="", explanation="") + said.update(person=None, text="")


@transaction.atomic
def part_with_notices(*, person_ids: Collection[UUID]) -> None:
    """A person who leaves takes her words with her; a notice that waits is still read, from nobody."""
    Notice.objects.filter(notifier__in=person_ids).update(notifier=None, secret_hash="", explanation="")
    Appeal.objects.filter(person__in=person_ids).update(person=None, text="")
