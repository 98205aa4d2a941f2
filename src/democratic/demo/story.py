"""A story is a set of dated scenes, played in the order of their dates, each at its own fixed moment."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from democratic.communities.models import Official, Organisation, Service, SpeakingMandate
from democratic.demo.calendar import Calendar
from democratic.kernel.clock import Clock, FixedClock
from democratic.participation.answers.models import Answer, Theme
from democratic.participation.commitments.models import Action, Commitment, Decision
from democratic.participation.meetings.models import Meeting
from democratic.participation.polls.models import Poll
from democratic.participation.processes.models import Process
from democratic.participation.street.models import StreetSession
from democratic.people.models import Person
from democratic.thread.models import Authority, Comment, Record


@dataclass
class Story:
    """Where it happens, who plays, and what earlier scenes have made, by the names that scenes use."""

    calendar: Calendar
    authority: Authority
    people: dict[str, Person]
    crowd: list[Person]
    services: dict[str, Service]
    elected: Official
    organisations: dict[str, Organisation] = field(default_factory=dict)
    mandates_to_speak: dict[str, SpeakingMandate] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    ideas: dict[str, Record] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    polls: dict[str, Poll] = field(default_factory=dict)
    street: dict[str, StreetSession] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scene:
    at: datetime
    act: Callable[[Clock], object]


class AheadOfTime(ValueError):
    """A scene of the past that would be played in the future: a fault of the story."""


def play(scenes: Iterable[Scene], *, until: datetime) -> Iterator[datetime]:
    """Play each scene at its moment, the earliest first, and tell the moment before each."""
    for scene in sorted(scenes, key=lambda scene: scene.at):
        if scene.at > until:
            raise AheadOfTime(scene.at)
        yield scene.at
        scene.act(FixedClock(scene.at))
