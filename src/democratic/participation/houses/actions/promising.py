"""« De notre compétence : voici ce que nous ferons » becomes an engagement, with a service and a day."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.commitments.actions.by_word import GivenWord, promise_by_word
from democratic.participation.commitments.actions.promising import Work
from democratic.participation.commitments.models import Commitment
from democratic.participation.houses.models import Power, ReferralPoint
from democratic.participation.processes.models import Process
from democratic.people.models import Person
from democratic.thread.actions import Words, refuse_if_withdrawn
from democratic.thread.actions.records import bump_pages_of


@transaction.atomic
def promise_point(
    *,
    point: ReferralPoint,
    process: Process,
    words: Words,
    work: Work,
    author: Person | None,
    clock: Clock,
) -> Commitment:
    """Once for each point, under the function that signed the answer."""
    locked = (
        ReferralPoint.objects.select_for_update(of=("self",))
        .select_related("referral__record")
        .get(pk=point.pk)
    )
    referral = locked.referral
    refuse_if_withdrawn(referral.record)
    if referral.answered_on is None or locked.power != Power.OWN:
        raise Conflict(_("On s’engage sur une demande à laquelle on a répondu qu’elle est de sa compétence."))
    if locked.commitment_id is not None:
        raise Conflict(_("Un engagement est déjà pris pour cette demande."))
    word = GivenWord(words, work, referral.signed_function, referral.record.code)
    made = promise_by_word(source=referral.record, process=process, word=word, author=author, clock=clock)
    ReferralPoint.objects.filter(pk=locked.pk).update(commitment=made)
    bump_pages_of(referral.record)
    return made
