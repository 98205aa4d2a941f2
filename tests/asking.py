"""Questions as tests ask them: opened in the listening stage of a territory, and answered."""

from datetime import timedelta

from democratic.kernel.clock import FixedClock
from democratic.participation.polls.actions import Question, answer_poll, draft_poll, open_poll
from democratic.participation.polls.models import Poll, Shows
from democratic.participation.processes.models import Step
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.thread.actions import Words
from factories import Territory

TITLE = "Faut-il un bus après 22 h ?"
OPTIONS = ("Oui", "Oui, le week-end", "Non")


def question(territory: Territory, **more: object) -> Question:
    more.setdefault("words", Words(title=TITLE, text="Pour les 15-25 ans des quatre cantons."))
    more.setdefault("options", OPTIONS)
    more.setdefault("stage", territory.process.stages.get(step=Step.LISTENING))
    return Question(**more)


def asked(territory: Territory, **more: object) -> Poll:
    """Open at the territory's clock."""
    drafted = draft_poll(
        process=territory.process, question=question(territory, **more), author=territory.agent.person,
        clock=territory.clock,
    )  # fmt: skip
    return open_poll(poll=drafted, clock=territory.clock)


def hidden(territory: Territory, **more: object) -> Poll:
    return asked(territory, shows=Shows.CLOSED, **more)


def answered(poll: Poll, territory: Territory, *ranks: int, **more: object) -> list[Person]:
    """One guest a rank, each with her answer."""
    people = [welcome_guest() for _each in ranks]
    for person, rank in zip(people, ranks, strict=True):
        answer_poll(poll_id=poll.pk, rank=rank, person=person, clock=territory.clock, **more)
    return people


def at_closing(poll: Poll) -> FixedClock:
    """Its end is its first moment when nobody answers."""
    return FixedClock(Poll.objects.select_related("stage").get(pk=poll.pk).ends_at)


def just_before(clock: FixedClock) -> FixedClock:
    return FixedClock(clock.moment - timedelta(microseconds=1))
