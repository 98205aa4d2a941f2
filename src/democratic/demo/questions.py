"""One question, asked while the night line is discussed: answered with a tap, on the web and in the street."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle

from democratic.demo.calendar import MON, TUE, Week
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.polls.actions import Question, answer_poll, draft_poll, open_poll
from democratic.participation.processes.models import Step
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Origin

ASKED = Week(-2, MON)
OPTIONS = ("23 h", "Minuit", "1 h du matin")
# Of ten people, what each answered by the rank of the option (the fourth is « Sans avis »); in the street: demo/street.
ON_THE_WEB, IN_THE_STREET = (2, 3, 2, 1, 2, 3, 2, 4, 3, 2), (1, 2, 2, 3, 1, 2)
ONLINE = 118


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(ASKED, 9), lambda clock: _ask(story, clock))
    first = at(Week(-2, TUE), 8)
    step = (now - timedelta(hours=1) - first) / ONLINE
    for number, (rank, person) in enumerate(zip(cycle(ON_THE_WEB), story.crowd[:ONLINE], strict=False)):
        yield Scene(first + number * step, _answer(story, rank, person))


def _ask(story: Story, clock: Clock) -> None:
    process = story.processes[NIGHT_LINE]
    question = Question(
        words=Words(
            title="Le vendredi soir, à quelle heure doit partir le dernier car N2 ?",
            text="Un seul car, donc un seul dernier départ de Vaubrun. L’heure entre dans le choix du tracé.",
        ),
        options=OPTIONS,
        stage=process.stages.get(step=Step.LISTENING),
        takes_no_opinion=True,
    )
    drafted = draft_poll(process=process, question=question, author=story.people["nathalie"], clock=clock)
    story.polls["last_bus"] = open_poll(poll=drafted, clock=clock)


def _answer(story: Story, rank: int, person: Person) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        poll = story.polls["last_bus"]
        answer_poll(poll_id=poll.pk, rank=rank, person=person, clock=clock, origin=Origin.WEB)

    return act
