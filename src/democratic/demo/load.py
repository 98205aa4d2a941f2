"""Load the demonstration: all of it in one transaction, so that a kill in the middle leaves nothing half."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from democratic.demo import (
    analysis,
    associations,
    campaign,
    chats,
    debate_told,
    encounters,
    forum,
    in_the_hall,
    letters,
    listening,
    mobility,
    moderators,
    night_line,
    prepared,
    questions,
    roadmap,
    street,
    under_way,
    watchers,
    written,
)
from democratic.demo.calendar import SUN, WED, Calendar, Week, When
from democratic.demo.cast import gather
from democratic.demo.said import Subject, read_subjects
from democratic.demo.story import Scene, Story, play
from democratic.kernel.clock import Clock, local_day
from democratic.thread.journal import drain, sequence_once
from democratic.thread.models import Authority

Tell = Callable[[str], None]

ZONE = "Europe/Paris"
STEPS = 8
CHAPTERS: tuple[tuple[str, When], ...] = (
    ("la commande", mobility.ORDERED),
    ("l’écoute : ce que les gens disent", mobility.STAGES[mobility.Step.LISTENING][0]),
    ("l’analyse : les paroles sont rapprochées", mobility.STAGES[mobility.Step.ANALYSIS][0]),
    ("les réponses signées", Week(-14, SUN)),
    ("la décision et ses engagements", mobility.DECIDED),
    ("l’action, et la ligne N2 qui s’ouvre", mobility.STAGES[mobility.Step.ACTION][0]),
)

# Any number of ours: two loads at once must not make two territories.
LOAD_LOCK = 0x64656D6F  # "demo"


class NotEmpty(Exception):
    """The database already has an authority; ``is_demo`` when all that it has is a demonstration."""

    def __init__(self, names: list[str], *, is_demo: bool) -> None:
        super().__init__(", ".join(names))
        self.is_demo = is_demo


def load_demo(*, clock: Clock, tell: Tell) -> None:
    """Raises NotEmpty, having written nothing."""
    now = clock.now()
    with transaction.atomic():
        _refuse_unless_empty()
        _tell_step(tell, 1, "les personnes et les services")
        calendar = Calendar(local_day(now, ZONE), ZoneInfo(ZONE))
        story = gather(calendar, calendar.at(Week(-24, WED), 10))
        _play(story, now, tell)
        _tell_step(tell, STEPS, "le journal")
    _number(clock)


def _refuse_unless_empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])
    found = list(Authority.objects.order_by("name"))
    if found:
        raise NotEmpty([each.name for each in found], is_demo=all(each.is_demo for each in found))


def _play(story: Story, now: datetime, tell: Tell) -> None:
    told = 0
    starts = [story.calendar.day(when) for _name, when in CHAPTERS]
    for moment in play(_scenes(story, now), until=now):
        chapter = _chapter_on(moment.date(), starts)
        while told < chapter:
            _tell_step(tell, told + 2, CHAPTERS[told][0])
            told += 1


def _chapter_on(day: date, starts: list[date]) -> int:
    return sum(start <= day for start in starts)


def _scenes(story: Story, now: datetime) -> Iterator[Scene]:
    subjects = read_subjects()
    yield from mobility.scenes(story)
    yield from associations.scenes(story)
    yield from listening.say_all(story, mobility.MOBILITY, _voices(subjects), *_listening())
    yield from analysis.scenes(story, subjects)
    yield from roadmap.scenes(story)
    yield from watchers.scenes(story)
    yield from night_line.scenes(story, now)
    yield from questions.scenes(story, now)
    yield from chats.scenes(story, now)
    yield from campaign.scenes(story, now)
    yield from street.scenes(story)
    yield from moderators.scenes(story)
    yield from encounters.scenes(story)
    yield from prepared.scenes(story)
    yield from under_way.scenes(story, now)
    yield from in_the_hall.scenes(story, now)
    yield from debate_told.scenes(story)
    yield from forum.scenes(story)
    yield from letters.scenes(story)
    yield from written.scenes(story)


def _voices(subjects: tuple[Subject, ...]) -> list[listening.Voice]:
    return [voice for subject in subjects for voice in subject.voices] + list(analysis.voices_apart())


def _listening() -> tuple[When, When]:
    return mobility.STAGES[mobility.Step.LISTENING]


def _number(clock: Clock) -> None:
    """Positions first, cursors after: effects then start behind the story, and nobody is told of it by mail."""
    while sequence_once():
        pass
    drain(clock=clock)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # empty a minute ago: the planner would go on believing it


def _tell_step(tell: Tell, step: int, name: str) -> None:
    tell(f"Le territoire : {step}/{STEPS} {name}…")
