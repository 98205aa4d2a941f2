"""What was said, word by word, from a file of captions: added to what an operator typed, never twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.captions.webvtt import Captions
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line
from democratic.participation.meetings.minutes.events import TRANSCRIPT_GIVEN
from democratic.participation.meetings.minutes.models import CaptionLine
from democratic.participation.meetings.models import Meeting
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Record

MOST_LINES = 60_000
_BATCH = 2_000


@transaction.atomic
def give_transcript(*, meeting: Meeting, captions: Captions, starts_at: datetime, clock: Clock) -> int:
    """How many lines were added. ``starts_at``: when the first second of the file was; the same file twice adds none."""
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=meeting.pk)
    if not captions.cues:
        raise Refusal(_("Ce fichier ne contient aucune ligne que l’on sache lire."), field="file")
    kept = CaptionLine.objects.filter(meeting=meeting)
    known = set(kept.values_list("at", "text"))
    lines = []
    for cue in captions.cues:
        at, text = starts_at + timedelta(milliseconds=cue.starts), clean_line(cue.text)[:500]
        if text and (at, text) not in known:
            known.add((at, text))
            until = starts_at + timedelta(milliseconds=cue.ends)
            lines.append(CaptionLine(meeting=meeting, at=at, until=until, text=text))
    if kept.count() + len(lines) > MOST_LINES:
        raise Refusal(_("La transcription d’une rencontre tient en 60 000 lignes."), field="file")
    if not lines:
        return 0
    CaptionLine.objects.bulk_create(lines, batch_size=_BATCH)
    append_entry(
        TRANSCRIPT_GIVEN, record=record, now=clock.now(), data={"lines": len(lines)}, is_institutional=True
    )
    bump_pages_of(record)
    return len(lines)
