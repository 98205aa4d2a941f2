"""The second order, open now: anyone can say something about the route of the night line N2."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from democratic.demo.calendar import FRI, MON, SAT, SUN, Week
from democratic.demo.listening import say_all
from democratic.demo.said import read_file, read_voices
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level, Mandate
from democratic.participation.processes.actions import Promise, finish_stage, open_process
from democratic.participation.processes.events import PROCESS_OPENED
from democratic.participation.processes.models import Step
from democratic.thread.actions import Words, follow, link
from democratic.thread.models import LinkKind

NIGHT_LINE = "night_line"
SLUG = "ligne-de-nuit-n2"
ORDERED = Week(-4, MON)
LISTENS = Week(-3, MON)
ANSWER_DUE = Week(4, FRI)

STAGES = {
    Step.ORDER: (ORDERED, Week(-4, SUN)),
    Step.LISTENING: (LISTENS, Week(1, SUN)),
    Step.ANALYSIS: (Week(2, MON), Week(2, SUN)),
    Step.ANSWER: (Week(3, MON), ANSWER_DUE),
    Step.DECISION: (Week(4, SAT), Week(5, FRI)),
    Step.ACTION: (Week(5, SAT), Week(30, SUN)),
    Step.REPORT: (Week(31, MON), Week(32, FRI)),
}


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(ORDERED, 16), lambda clock: _order(story, clock))
    yield Scene(at(Week(-4, FRI), 10), lambda clock: _order_done(story, clock))
    voices = read_voices(read_file("night_line")["voices"], NIGHT_LINE)
    last = Week(-1, SUN)
    yield from say_all(story, NIGHT_LINE, voices, LISTENS, last, until=now - timedelta(minutes=1))


def _order(story: Story, clock: Clock) -> None:
    calendar = story.calendar
    process = open_process(
        mandate=publish_mandate(mandate=_mandate(story, clock), clock=clock),
        words=Words(
            title="Quel tracé pour la ligne de nuit N2 ?",
            text="Elle partira au printemps, les vendredis et samedis, de Vaubrun à Montsec. Un seul car : il "
            "faut choisir.\n\nA. Par le lycée des Bruyères : 38 min, 6 arrêts, passe au complexe sportif, "
            "évite Saint-Maurin.\n\nB. Par Saint-Maurin : 44 min, 8 arrêts, dessert deux villages sans car le "
            "soir.\n\nC. Direct par la D12 : 29 min, 4 arrêts, le plus rapide.",
        ),
        promise=Promise(
            asks="Quel tracé vous servirait, A, B ou C, et pourquoi. Vous pouvez en proposer un autre.",
            use_of_input="Cette concertation éclaire le choix, elle ne décide pas. La vice-présidente tranche et "
            "dit pourquoi, tracé par tracé.",
            not_negotiable="Un seul car, deux soirs par semaine, 150 000 € par an.",
        ),
        first_day=calendar.day(ORDERED),
        dates={step: (calendar.day(first), calendar.day(last)) for step, (first, last) in STAGES.items()},
        slug=SLUG,
        author=story.people["nathalie"],
        clock=clock,
    )
    story.processes[NIGHT_LINE] = process
    opened = process.record.entries.get(kind=PROCESS_OPENED.kind)
    link(source=story.ideas["montsec"], kind=LinkKind.INSPIRED, target=process.record, entry=opened)
    for key in ("gabriel", "ines"):
        follow(record=process.record, person=story.people[key])


def _mandate(story: Story, clock: Clock) -> Mandate:
    return draft_mandate(
        authority=story.authority,
        words=Words(
            title="Choisir le tracé de la ligne de nuit N2",
            text="La commission permanente demande une deuxième ligne de nuit, vers Montsec et le Haut-Plateau, "
            "née d’une question posée pendant la première concertation : « Et Montsec, on compte pour du "
            "beurre ? »",
        ),
        order=Order(
            ordered_by="La commission permanente",
            ordered_on=story.calendar.day(ORDERED),
            vote="14 voix sur 15",
            decidable="Le tracé, les arrêts, l’heure du dernier départ.",
            not_decidable="Le nombre de cars et de soirs, le budget.",
            level=Level.CONSULT,
            aimed_at="Les habitants de Vaubrun, de Saint-Maurin et du Haut-Plateau",
            answer_due_on=story.calendar.day(ANSWER_DUE),
            answerer=story.elected,
            service=story.services["transports"],
            budget_cents=15_000_000,
        ),
        author=story.people["samir"],
        clock=clock,
    )


def _order_done(story: Story, clock: Clock) -> None:
    stage = story.processes[NIGHT_LINE].stages.get(step=Step.ORDER)
    finish_stage(stage=stage, clock=clock, note="Voté à 14 voix sur 15")
