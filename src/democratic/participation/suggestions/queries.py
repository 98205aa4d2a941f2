from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from democratic.participation.processes.models import Process
from democratic.participation.suggestions.models import SuggestionRun, ThemeSuggestion
from democratic.thread.models import Record, Visibility
from democratic.thread.queries import Card, cards

MOST_SHOWN = 60  # contributions of one suggestion: the others come back at the next look


@dataclass(frozen=True, slots=True)
class Proposed:
    suggestion: ThemeSuggestion
    voices: int


def last_run(process: Process) -> SuggestionRun | None:
    """The look that waits, or else the one that was made."""
    return SuggestionRun.objects.filter(process=process).order_by("-asked_at").first()


def proposed_in(process: Process, *, offset: int, limit: int) -> tuple[list[Proposed], int]:
    """Undecided ones, with how many of their contributions stand in no theme still; the largest first.

    One look makes a hundred at most: all are counted at once, and a page of them is given with how many there are.
    """
    free = Q(voices__record__theme=None, voices__record__visibility=Visibility.PUBLIC)
    rows = (
        ThemeSuggestion.objects.filter(run__process=process, state=ThemeSuggestion.State.PROPOSED)
        .annotate(n=Count("voices", filter=free))
        .filter(n__gte=1)
    )
    found = [Proposed(row, row.n) for row in rows.order_by("-n", "rank", "pk")]
    return found[offset : offset + limit], len(found)


def suggestion_in(process: Process, suggestion: UUID) -> ThemeSuggestion | None:
    undecided = ThemeSuggestion.objects.filter(state=ThemeSuggestion.State.PROPOSED)
    return undecided.filter(pk=suggestion, run__process=process).select_related("run").first()


def voices_of(suggestion: ThemeSuggestion) -> list[Card]:
    """Those that stand in no theme still, the most typical first."""
    order = dict(suggestion.voices.values_list("record", "rank"))
    free = Record.objects.filter(pk__in=order, theme=None, visibility=Visibility.PUBLIC)
    typical = sorted(free.values_list("pk", flat=True), key=lambda pk: order[pk])[:MOST_SHOWN]
    found = {card.id: card for card in cards(Record.objects.filter(pk__in=typical))}
    return [found[pk] for pk in typical if pk in found]
