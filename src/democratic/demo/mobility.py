"""The order, and the concertation « Bouger à 15-25 ans »: its stages, opened and closed by the clock."""

from collections.abc import Callable, Iterator
from datetime import date

from democratic.demo.calendar import FRI, MON, SAT, SUN, WED, Week
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level, Mandate
from democratic.participation.processes.actions import Promise, finish_stage, move_stage, open_process
from democratic.participation.processes.models import Step
from democratic.thread.actions import Words, follow
from democratic.thread.models import Volume

MOBILITY = "mobility"
SLUG = "bouger-15-25"
ORDERED = Week(-22, MON)
ANALYSIS_PROMISED, ANALYSIS_DONE = Week(-15, FRI), Week(-14, FRI)
ANSWERED = Week(-12, FRI)
DECIDED = Week(-11, FRI)

STAGES = {
    Step.ORDER: (ORDERED, Week(-21, SUN)),
    Step.LISTENING: (Week(-20, MON), Week(-16, SUN)),
    Step.ANALYSIS: (Week(-15, MON), ANALYSIS_PROMISED),
    Step.ANSWER: (Week(-15, SAT), ANSWERED),
    Step.DECISION: (Week(-12, SAT), DECIDED),
    Step.ACTION: (Week(-11, SAT), Week(11, SUN)),
    Step.REPORT: (Week(12, MON), Week(13, FRI)),
}
LATE_PAPER = "Les bulletins papier de six collèges sont arrivés après la clôture : il faut les dépouiller."


def scenes(story: Story) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(ORDERED, 17), lambda clock: _order(story, clock))
    for when, hour, step, note in (
        (Week(-21, MON), 10, Step.ORDER, "Voté à l’unanimité"),
        (Week(-16, SUN), 23, Step.LISTENING, "Douze façons de parler, sept lieux"),
        (ANALYSIS_DONE, 17, Step.ANALYSIS, "Huit sujets, relus par six habitants"),
        (ANSWERED, 20, Step.ANSWER, "Huit sujets, en séance publique"),
        (DECIDED, 18, Step.DECISION, "Quatorze engagements"),
    ):
        yield Scene(at(when, hour), _finish(story, step, note))
    yield Scene(at(ANALYSIS_PROMISED, 16), lambda clock: _late(story, clock))
    yield Scene(at(Week(-20, WED), 12), lambda _clock: _followed(story))


def _order(story: Story, clock: Clock) -> None:
    calendar = story.calendar
    mandate = publish_mandate(mandate=_mandate(story, clock), clock=clock)
    story.processes[MOBILITY] = open_process(
        mandate=mandate,
        words=Words(
            title="Bouger à 15-25 ans, même loin de la gare",
            text="Comment aller au lycée, au travail, au sport et rentrer le soir quand on n’a ni permis "
            "ni voiture ?",
        ),
        promise=Promise(
            asks="Ce qui vous empêche de bouger, et ce qui changerait tout. Une phrase suffit.",
            use_of_input="Chaque parole est rattachée à un sujet. Chaque sujet reçoit une réponse : retenu, "
            "en partie, non retenu ou transmis, avec la raison.",
            not_negotiable="Le budget voté (840 000 €), les trains, qui relèvent de la Région, et l’âge du "
            "permis.",
        ),
        first_day=calendar.day(ORDERED),
        dates={step: _days(story, days) for step, days in STAGES.items()},
        slug=SLUG,
        author=story.people["nathalie"],
        uses_tu=True,
        clock=clock,
    )


def _days(story: Story, days: tuple[Week, Week]) -> tuple[date, date]:
    return story.calendar.day(days[0]), story.calendar.day(days[1])


def _mandate(story: Story, clock: Clock) -> Mandate:
    return draft_mandate(
        authority=story.authority,
        words=Words(
            title="Améliorer la mobilité des 15-25 ans",
            text="L’assemblée demande un plan pour que les jeunes du département puissent aller à leurs "
            "études, à leur travail et à leurs loisirs, et en rentrer, où qu’ils habitent.\n\nElle demande "
            "d’aller chercher d’abord ceux que l’on n’entend pas : dans la rue, aux arrêts, par téléphone.",
        ),
        order=Order(
            ordered_by="L’assemblée départementale",
            ordered_on=story.calendar.day(ORDERED),
            vote="41 voix sur 41",
            decidable="Les lignes et les horaires du Département, les tarifs, les arrêts, les pistes cyclables, "
            "l’aide au permis.",
            not_decidable="Le budget voté, les trains et les cars d’avant 7 h (la Région), l’âge du permis "
            "(l’État).",
            level=Level.INVOLVE,
            aimed_at="Les 15-25 ans des quatre cantons, d’abord ceux du Haut-Plateau",
            answer_due_on=story.calendar.day(ANSWERED),
            answerer=story.elected,
            service=story.services["jeunesse"],
            budget_cents=84_000_000,
        ),
        author=story.people["nathalie"],
        clock=clock,
    )


def _finish(story: Story, step: Step, note: str) -> Callable[[Clock], object]:
    def act(clock: Clock) -> None:
        finish_stage(stage=story.processes[MOBILITY].stages.get(step=step), clock=clock, note=note)

    return act


def _late(story: Story, clock: Clock) -> None:
    calendar = story.calendar
    move_stage(
        stage=story.processes[MOBILITY].stages.get(step=Step.ANALYSIS),
        opens_on=calendar.day(STAGES[Step.ANALYSIS][0]),
        closes_on=calendar.day(ANALYSIS_DONE),
        reason=LATE_PAPER,
        clock=clock,
    )


def _followed(story: Story) -> None:
    record = story.processes[MOBILITY].record
    for key, volume in (("gabriel", Volume.KEY), ("ines", Volume.ALL), ("nathalie", Volume.ALL)):
        follow(record=record, person=story.people[key], volume=volume)
