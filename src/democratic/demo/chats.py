"""A conversation in two lycées and at a station, for the night line: six questions, on a telephone or on a kiosk."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from democratic.demo.calendar import MON, TUE, Week
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.messaging.incoming import accept
from democratic.messaging.models import ChannelKind
from democratic.messaging.opening import Terms, set_terms
from democratic.messaging.ports import Arrived
from democratic.participation.conversations.carrying_out import carry_out_of
from democratic.participation.conversations.editing import draft_flow, give_code, publish_flow
from democratic.participation.conversations.models import FlowCode
from democratic.participation.conversations.openings import count_opening

FLOW_NAME = "Rentrer le soir, lycées et gare"
OPENED, FIRST = Week(-2, MON), Week(-2, TUE)
DECISION = (
    "Aucun compte, aucun nom. Les réponses restent chez nous ; avant 15 ans, seules des réponses sans nom sont gardées."
    " Analyse d’impact relue par la déléguée à la protection des données."
)
FLOW: dict[str, Any] = {
    "languages": ["fr", "en"],
    "intro": {
        "fr": "Message automatique du Département : six questions sur le car N2, sans compte. STOP arrête tout.",
        "en": "An automatic message from the Département: a few questions about bus N2, no account. STOP ends it.",
    },
    "outro": {
        "fr": "Merci. Le Département répond en public ; gardez le numéro pour lire la suite.",
        "en": "Thank you. The Département answers in public; keep the number to read what follows.",
    },
    "steps": [
        {
            "kind": "choice",
            "key": "evening",
            "text": {"fr": "Le soir, comment rentrez-vous ?", "en": "How do you get home at night?"},
            "options": [
                {"key": "bus", "label": {"fr": "En car", "en": "By bus"}},
                {"key": "lift", "label": {"fr": "On me ramène", "en": "Someone drives me"}},
                {"key": "bike", "label": {"fr": "À vélo, à pied", "en": "By bike, on foot"}},
                {"key": "stay", "label": {"fr": "Je ne sors pas", "en": "I stay in"}},
            ],
        },
        {
            "kind": "place",
            "key": "where",
            "text": {"fr": "Dans quelle commune habitez-vous ?", "en": "Where do you live?"},
        },
        {"kind": "age_band", "key": "age", "text": {"fr": "Quel âge avez-vous ?", "en": "How old are you?"}},
        {
            "kind": "text",
            "key": "idea",
            "text": {
                "fr": "En une phrase, qu’est-ce qui vous ferait prendre le car le soir ?",
                "en": "In one sentence, what would make you take the bus at night?",
            },
        },
        {
            "kind": "in_body",
            "key": "body",
            "text": {
                "fr": "Déjà membre d’un conseil ou d’un comité ?",
                "en": "Already a member of a council or a committee?",
            },
        },
        {
            "kind": "consent",
            "key": "news",
            "text": {"fr": "Vous dire ce que cela devient ?", "en": "Shall we tell you what becomes of it?"},
        },
    ],
}
CODES = (
    ("LYC-VAU", FlowCode.Where.SCHOOL, "Lycée de Vaubrun, hall", 6_400),
    ("GAR-VAU", FlowCode.Where.PLACE, "Gare de Vaubrun, quai", 3_200),
    ("BOR-MED", FlowCode.Where.PLACE, "Médiathèque, borne d’accueil", 0),
)
# The way home, where, the age (as the numbered list gives it), the sentence if any, in a body, told later.
SAID = (
    ("2", "Vaubrun", "2", "Un car qui passe encore après le dernier film.", "non", "oui"),
    ("1", "Vaubrun", "2", "Savoir en direct si le car est parti ou pas.", "non", "oui"),
    ("4", "Les Forges", "1", "", "non", ""),
    ("2", "Vaubrun", "3", "Un arrêt éclairé près de la salle de sport.", "non", "non"),
    ("3", "Clairvoie", "3", "Pouvoir mettre mon vélo derrière.", "oui", "oui"),
    ("2", "Lurey", "2", "Que ma mère arrête de devoir venir me chercher à minuit.", "non", "oui"),
    ("1", "Vaubrun", "4", "Le même prix que le jour.", "", ""),
    ("4", "Saint-Maurin", "2", "Qu’il y ait du monde à l’arrêt, seule j’ai peur.", "non", "oui"),
)


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    at = story.calendar.at
    yield Scene(at(OPENED, 10), lambda clock: _open(story, clock))
    first = at(FIRST, 12)
    people = 40
    step = (now - timedelta(hours=2) - first) / people
    said = cycle(SAID)
    for number in range(people):
        yield Scene(first + number * step, _talk(story, number, next(said)))


def _open(story: Story, clock: Clock) -> None:
    day = clock.now().date()
    for kind in (ChannelKind.WIDGET, ChannelKind.KIOSK):
        terms = Terms(DECISION, "La déléguée à la protection des données", day, 10, 20, 2, is_open=True)
        set_terms(authority=story.authority, kind=kind, terms=terms)
    flow = draft_flow(process=story.processes[NIGHT_LINE], name=FLOW_NAME, content=FLOW)
    publish_flow(flow=flow, clock=clock)
    for code, where, label, cost in CODES:
        give_code(flow=flow, code=code, where=where, label=label, cost=cost)


def _opened(code: str, clock: Clock, *, times: int) -> None:
    """Some look at the page of a poster and go no further."""
    found = FlowCode.objects.select_related("flow__process__record__authority").get(code=code)
    for _time in range(times):
        count_opening(found, clock)


def _talk(story: Story, number: int, said: tuple[str, ...]) -> Callable[[Clock], object]:
    code = CODES[number % len(CODES)][0]
    kind = ChannelKind.KIOSK if code.startswith("BOR") else ChannelKind.WIDGET
    address = f"demo-{number}"
    words = (f"START {code}", *(each for each in said if each))

    def act(clock: Clock) -> None:
        if kind == ChannelKind.WIDGET:
            _opened(code, clock, times=1 + number % 3)
        arrived = [
            Arrived(f"{address}:{rank}", address, each, language="fr") for rank, each in enumerate(words)
        ]
        accept(story.authority, kind, arrived)
        carry_out_of(kind, address, clock)

    return act
