"""*En cinq minutes*: four short texts that one reads before coming. Each version that is published is an Entry."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_text
from democratic.participation.meetings.events import MEETING_BRIEFED
from democratic.participation.meetings.locking import is_draft, lock_meeting, refuse_unless_ahead
from democratic.participation.meetings.models import Briefing, Meeting
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Record

PARTS = ("stakes", "said", "to_decide", "who_decides")
LONGEST = 1500  # five minutes of reading for the four of them


@dataclass(frozen=True, slots=True)
class Brief:
    """What is at stake, what was said already, what is to be decided, who decides."""

    stakes: str
    said: str
    to_decide: str
    who_decides: str

    def texts(self) -> dict[str, str]:
        texts = {part: clean_text(getattr(self, part)) for part in PARTS}
        for part, text in texts.items():
            if len(text) > LONGEST:
                raise Refusal(_("1 500 signes au plus : on le lit en cinq minutes."), field=part)
        if not any(texts.values()):
            raise Refusal(_("Écrivez au moins l’un des quatre textes."), field=PARTS[0])
        return texts


@transaction.atomic
def publish_briefing(*, meeting: Meeting, brief: Brief, clock: Clock) -> Briefing:
    """Of a draft, it waits for the announcement. The same words again are no new version."""
    locked, now = lock_meeting(meeting.pk), clock.now()
    refuse_unless_ahead(locked)
    texts = brief.texts()
    known = Briefing.objects.filter(meeting=locked).first()
    if known is None:
        written = Briefing.objects.create(meeting=locked, published_at=now, **texts)
    elif all(getattr(known, part) == text for part, text in texts.items()):
        return known
    else:
        version = known.version if is_draft(locked) else known.version + 1
        Briefing.objects.filter(meeting=locked).update(**texts, version=version, published_at=now)
        written = Briefing.objects.get(meeting=locked)
    if not is_draft(locked):
        note_briefing(locked.record, written, now)
        bump_pages_of(locked.record)
    return written


def note_briefing(record: Record, briefing: Briefing, now: datetime) -> None:
    append_entry(
        MEETING_BRIEFED,
        record=record,
        now=now,
        data={"version": briefing.version},
        words={part: text for part in PARTS if (text := getattr(briefing, part))},
        is_institutional=True,
    )
