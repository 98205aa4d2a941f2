"""Photos and voices that came where nothing asked for them: with the letter that a person reads, few at a time.

Of who is under 15, or did not say her age, or said STOP, none is asked for: what she wrote says what it lacks.
"""

from dataclasses import dataclass
from datetime import datetime

from civics.reach.engine import CHILD
from civics.reach.reading import MEDIA
from democratic.messaging.models import Correspondent
from democratic.participation.conversations.files import Media, Room, expect, kinds_in, media_of, room_for
from democratic.participation.conversations.models import FlowFile, FlowRun
from democratic.participation.inbox.models import InboxMessage
from democratic.people.models import Person

State = FlowFile.State
MOST_AT_ONCE = 5
MOST_WAITING = 20  # of one person, until they were seen or their term is over


@dataclass(frozen=True, slots=True)
class CameAlong:
    """``photos`` and ``voices`` that are taken and left; ``others``: kinds of files of which nothing is kept."""

    photos: Room
    voices: Room
    others: frozenset[str] = frozenset()


def may_take(her: Correspondent, run: FlowRun | None) -> bool:
    """Her age as she said it: of this conversation first, where she is in one."""
    if her.stopped_at is not None or (run is not None and run.age_band in CHILD):
        return False
    return Person.objects.values_list("age_band", flat=True).get(pk=her.person_id) not in CHILD


def take_along(*, letter: InboxMessage, media: Media, now: datetime) -> CameAlong:
    """In the transaction of what was heard."""
    most = min(MOST_AT_ONCE, MOST_WAITING - _waiting(letter))
    photos = room_for(media, "photo", max(0, most))
    voices = room_for(media, "voice", max(0, most - photos.kept))
    taken = media_of(media, "photo")[: photos.kept] + media_of(media, "voice")[: voices.kept]
    for each in taken:
        expect(FlowFile(letter=letter), each, now)
    return CameAlong(photos, voices, frozenset(kinds_in(media) - MEDIA))


def _waiting(letter: InboxMessage) -> int:
    hers = FlowFile.objects.filter(letter__conversation__person=letter.conversation.person_id)
    return hers.filter(state__in=(State.AWAITED, State.KEPT)).count()


__all__ = ["CameAlong", "may_take", "take_along"]
