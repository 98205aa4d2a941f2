"""What is said in an organisation's name: signed under a mandate that runs now, and tied to it for all to read."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import SpeakingMandate
from democratic.communities.organisations.queries import refuse_unless_speaking
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import NotAllowed
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import Words, link, post_comment
from democratic.thread.models import Authority, Comment, LinkKind, Record


def signature_for(
    *, mandate: SpeakingMandate, author: Person | None, authority: Authority, clock: Clock
) -> str:
    """The byline of its words, under the lock of a mandate that is hers and runs today."""
    if author is None or mandate.organisation.authority_id != authority.pk:
        raise NotAllowed(_("Cette organisation ne parle pas ici."), field="speaks_for")
    today = local_day(clock.now(), authority.time_zone)
    refuse_unless_speaking(mandate, person_and_claimed(author), today)
    return mandate.signature


def tie_to_organisation(*, record: Record, mandate: SpeakingMandate) -> None:
    """In the transaction that opened this Record."""
    organisation = mandate.organisation.record
    link(source=record, kind=LinkKind.SPOKEN_FOR, target=organisation, entry=record.entries.get())


@transaction.atomic
def comment_for(
    *,
    mandate: SpeakingMandate,
    subject: Record,
    author: Person | None,
    text: str,
    language: str,
    alignment: int,
    parent: Comment | None,
    clock: Clock,
) -> Comment:
    """A comment in its name."""
    signed = signature_for(mandate=mandate, author=author, authority=subject.authority, clock=clock)
    posted = post_comment(
        subject=subject,
        author=author,
        words=Words(text=text, language=language, byline=signed),
        alignment=alignment,
        parent=parent,
        clock=clock,
    )
    tie_to_organisation(record=posted.record, mandate=mandate)
    return posted
