"""What the state of a contribution changes: who may still read it, answer to it, take it back, or move it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from democratic.kernel.clock import FixedClock
from democratic.participation.answers.actions import declare_inadmissible
from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.ideas.merging import merge_ideas
from democratic.people.actions import welcome_guest
from democratic.thread.actions import erase_words, withdraw_by_authority
from democratic.thread.models import Record, Visibility
from factories import GROUPING, clock_at
from matrix.world import World

WHO = ("anonymous", "author", "agent", "administrator")
ACTS = ("read", "comment", "support", "take back", "declare out of the field", "say more")
LISTENING, AFTER = None, clock_at(date(2026, 9, 1))


def published(_world: World, _idea: Record) -> None:
    """As it is when it has just been said."""


def taken_back(world: World, idea: Record) -> None:
    take_back_idea(record=idea, clock=world.territory.clock)


def erased(world: World, idea: Record) -> None:
    erase_words(record=idea, clock=world.territory.clock)


def moderated(_world: World, idea: Record) -> None:
    Record.objects.filter(pk=idea.pk).update(visibility=Visibility.HIDDEN)


def draft(_world: World, idea: Record) -> None:
    Record.objects.filter(pk=idea.pk).update(visibility=Visibility.DRAFT)


def out_of_field(world: World, idea: Record) -> None:
    declare_inadmissible(contribution=idea, reason="Ailleurs.", function="Le service", clock=GROUPING)


def merged(world: World, idea: Record) -> None:
    other = world.territory.say("Un autre bus.").idea.record
    merge_ideas(into=other, merged=[idea], reason="La même.", function="Le service", clock=GROUPING)


def order_withdrawn(world: World, _idea: Record) -> None:
    """An authority cannot silence people by taking its order back: they may speak, and are owed an answer."""
    withdraw_by_authority(
        record=world.territory.mandate.record, reason="Annulée.", function="Le service",
        clock=world.territory.clock,
    )  # fmt: skip


OPEN = {
    "read": (200,),
    "comment": (302,),
    "support": (302,),
    "take back": (404, 302, 404, 404),
    "declare out of the field": (302,),
    "say more": (302,),
}
MOVED = OPEN | {"declare out of the field": (302, 302, 409, 409)}
SHUT = dict.fromkeys(("read", "comment", "support", "take back"), (410,))
GONE = OPEN | SHUT | {"declare out of the field": (302, 302, 404, 404)}
NEVER_SHOWN = MOVED | dict.fromkeys(SHUT, (404,))
LATE = OPEN | dict.fromkeys(("comment", "support", "say more"), (409,))


@dataclass(frozen=True)
class State:
    """``answers``: for each act, what each of ``WHO`` gets. One number: all get the same."""

    name: str
    make: Callable[[World, Record], None]
    answers: dict[str, tuple[int, ...]]
    clock: FixedClock | None = LISTENING

    def given(self, act: str, who: str) -> int:
        statuses = self.answers[act]
        return statuses[WHO.index(who)] if len(statuses) > 1 else statuses[0]


STATES = (
    State("published", published, OPEN),
    State("taken back by its author", taken_back, GONE),
    State("erased at its author’s request", erased, GONE),
    State("hidden by moderation", moderated, GONE),
    State("not published yet", draft, NEVER_SHOWN),
    State("out of the field", out_of_field, MOVED),
    State("merged into another", merged, MOVED),
    State("of an order that the authority withdrew", order_withdrawn, OPEN),
    State("its consultation past the listening stage", published, LATE, AFTER),
)
MEANS = {
    200: "yes",
    302: "yes",
    400: "yes",
    403: "refused",
    404: "not there",
    409: "no longer",
    410: "gone: a line says so",
}


def _means(state: State, act: str, who: str) -> str:
    if act == "declare out of the field" and who in WHO[:2]:
        return "signs in"
    return MEANS[state.given(act, who)]


def told_states(states: tuple[State, ...]) -> list[str]:
    lines = [f"| The contribution is… | {' | '.join(ACTS)} |", "|---" * (len(ACTS) + 1) + "|"]
    for state in states:
        cells = []
        for act in ACTS:
            told = {who: _means(state, act, who) for who in WHO}
            same = set(told.values())
            cells.append(
                same.pop() if len(same) == 1 else ", ".join(f"{who}: {what}" for who, what in told.items())
            )
        lines.append(f"| {state.name} | {' | '.join(cells)} |")
    return lines


def said(world: World) -> Record:
    return world.territory.say("Un bus de plus.", author=welcome_guest()).idea.record
