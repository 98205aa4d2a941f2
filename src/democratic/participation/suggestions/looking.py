"""What the worker does: compare the words of all that stands in no theme, and keep what it proposes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from civics.grouping import Group, suggest_groups
from democratic.kernel.clock import Clock
from democratic.participation.suggestions.models import SuggestedVoice, SuggestionRun, ThemeSuggestion
from democratic.thread.queries.clauses import rows_of

MOST_COMPARED = 20_000
_TOKENS = re.compile(r"[^\W\d_]{2,}")
# Stems are those by which the search finds them, without the commonest words: see the text search of PostgreSQL.
_FREE = """
select r.id, tsvector_to_array(s.vector), w.title || ' ' || w.text
from thread_record r join thread_recordsearch s on s.record_id = r.id join thread_wording w on w.id = r.wording_id
where r.process_id = %(process)s and r.kind = 'idea' and r.visibility = 'public' and r.theme_id is null
  and r.state not in ('inadmissible', 'split', 'rejoined') and not exists (
    select from thread_link l where l.source_id = r.id and l.kind = 'merged_into' and l.ended_by_id is null)
order by r.happened_at, r.id limit %(most)s
"""


def look(clock: Clock) -> int:
    """Answer whoever asked. Returns how many runs were made; one that was killed is begun anew."""
    made = 0
    while _look_once(clock):
        made += 1
    return made


@transaction.atomic
def _look_once(clock: Clock) -> bool:
    waiting = SuggestionRun.objects.select_for_update(skip_locked=True).filter(done_at=None)
    run = waiting.order_by("asked_at").first()
    if run is None:
        return False
    voices = rows_of((_FREE, {"process": run.process_id, "most": MOST_COMPARED}))
    found = suggest_groups([stems for _id, stems, _text in voices])
    for rank, group in enumerate(found.groups):
        _keep(run, rank, group, voices)
    run.voices, run.covered = len(voices), sum(len(group.members) for group in found.groups)
    run.done_at = clock.now()
    run.save(update_fields=["voices", "covered", "done_at"])
    SuggestionRun.objects.filter(process_id=run.process_id).exclude(pk=run.pk).delete()
    return True


Voice = tuple[UUID, Sequence[str], str]


def _keep(run: SuggestionRun, rank: int, group: Group, voices: Sequence[Any]) -> None:
    texts = [voices[member][2] for member in group.members]
    suggestion = ThemeSuggestion.objects.create(
        run=run, rank=rank, words=[readable(stem, texts) for stem in group.words]
    )
    SuggestedVoice.objects.bulk_create(
        [
            SuggestedVoice(suggestion=suggestion, record_id=voices[member][0], rank=n)
            for n, member in enumerate(group.members)
        ]
    )


def readable(stem: str, texts: Iterable[str]) -> str:
    """The word that people wrote most often for this stem; the stem, where none is found."""
    start = _bare(stem)
    start = start[:-1] if len(start) > 4 else start  # noqa: PLR2004  « mobilit » comes from « mobilité »
    said = Counter(
        word for text in texts for word in _TOKENS.findall(text.lower()) if _bare(word).startswith(start)
    )
    return min(said, key=lambda word: (-said[word], len(word), word)) if said else stem


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
