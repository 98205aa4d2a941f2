"""Asking for suggestions, and deciding on each: an agent opens or chooses the theme, and says who is in it."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.grouping import group_contributions, open_theme
from democratic.participation.answers.models import Theme
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.participation.suggestions.models import SuggestionRun, ThemeSuggestion
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Record


@transaction.atomic
def ask_suggestions(*, process: Process, clock: Clock) -> SuggestionRun:
    """Have the worker look; asked again meanwhile, it is the same look."""
    Process.objects.select_for_update().get(pk=process.pk)
    refuse_before_its_stage(process, Act.GROUP, clock.now())
    waiting = SuggestionRun.objects.filter(process=process, done_at=None).first()
    return waiting or SuggestionRun.objects.create(process=process, asked_at=clock.now())


@transaction.atomic
def accept_suggestion(
    *,
    suggestion: ThemeSuggestion,
    kept: Collection[str],
    theme: Theme | None,
    title: str,
    author: Person | None,
    clock: Clock,
) -> int:
    """Group those of its contributions that were kept, by their codes, in a theme or a new one. Returns how many."""
    locked = _undecided(suggestion)
    said = list(
        Record.objects.filter(
            pk__in=locked.voices.values("record"),
            code__in=kept,
            theme=None,
            process=locked.run.process.record,
        )
    )
    if not said:
        raise Refusal(_("Gardez au moins une parole cochée."), field="code")
    into = theme or open_theme(
        process=locked.run.process, words=Words(title=title), author=author, clock=clock
    )
    moved = group_contributions(contributions=said, theme=into, clock=clock)
    ThemeSuggestion.objects.filter(pk=locked.pk).update(state=ThemeSuggestion.State.ACCEPTED)
    return moved


@transaction.atomic
def dismiss_suggestion(*, suggestion: ThemeSuggestion) -> None:
    locked = _undecided(suggestion)
    ThemeSuggestion.objects.filter(pk=locked.pk).update(state=ThemeSuggestion.State.DISMISSED)


def _undecided(suggestion: ThemeSuggestion) -> ThemeSuggestion:
    rows = ThemeSuggestion.objects.select_for_update(of=("self",)).select_related(
        "run__process__record__authority"
    )
    locked = rows.filter(pk=suggestion.pk).first()
    if locked is None or locked.state != ThemeSuggestion.State.PROPOSED:
        raise Conflict(_("Cette proposition n’est plus à décider : rechargez la liste."))
    return locked
