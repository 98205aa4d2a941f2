"""What is asked and voted in the meeting that is under way: from the room, from far away, from a phone's messages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from democratic.demo.story import Scene, Story
from democratic.demo.under_way import FAR_AWAY, IN_THE_ROOM, KEY, start_of
from democratic.kernel.clock import Clock
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.asking import draft_sounding, open_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.hands import enter_count, verify_count
from democratic.participation.meetings.soundings.models import Sounding, SoundingCount, SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.soundings.voting import GivenVoice, give_voices
from democratic.participation.meetings.wall.actions import (
    Spoken,
    approve_spoken_answer,
    call_question,
    draft_spoken_answer,
    mark_answered,
    merge_questions,
    note_fact,
    put_question,
    support_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Origin

ANSWERS_AS = "vice-présidente, jeunesse et mobilités"
REMOTE = IN_THE_ROOM  # the first of the crowd who follows from far away


@dataclass(frozen=True, slots=True)
class Asked:
    """``asker``: whose rank in the crowd; None: a stranger, by a message. ``minutes``: after the beginning."""

    key: str
    text: str
    asker: int | None
    minutes: int
    supports: int


ASKED = (
    Asked("age", "À 15 ans, faudra-t-il être accompagné pour monter ?", REMOTE + 4, -180, 5),
    Asked("last", "Si le film finit en retard, le car attend-il ?", 2, 10, 8),
    Asked("moulin", "Pourquoi ne pas s’arrêter au Moulin ?", REMOTE + 1, 11, 6),
    Asked("hamlet", "Les gens du Moulin, on les dépose où ?", 7, 13, 2),
    Asked("bike", "Peut-on monter avec un vélo ?", None, 14, 4),
    Asked("driver", "La nuit, le conducteur peut-il nous laisser entre deux arrêts ?", 11, 15, 5),
    Asked("summer", "Et l’été, pendant les fêtes de village ?", REMOTE + 9, 15, 2),
)
# Ranks of what each chose: on the phone in the room, then from far away; hands were counted for those without a phone.
EASE = ((2, 1, 2, 3, 1, 2, 4, 2, 1, 3, 2), (1, 2, 1, 3, 2, 1, 2, 5, 1))
ROUTES = ("A. Par le lycée des Bruyères", "B. Par Saint-Maurin", "C. Direct par la D12")
CHOSEN = ((2, 2, 1, 2, 3, 2, 1, 2, 2, 1, 2, 2), (2, 1, 2, 3, 2, 2, 1, 2, 2, 3))
HANDS = {1: 2, 2: 5, 3: 1}


def scenes(story: Story, now: datetime) -> Iterator[Scene]:
    starts, hall = start_of(now), _Hall(story)
    for asked in ASKED:
        yield Scene(starts + timedelta(minutes=asked.minutes), hall.put(asked))
    for minutes, act in (
        (16, hall.support),
        (18, hall.answer),
        (22, hall.merge),
        (23, hall.ask_how_easy),
        (27, hall.end_how_easy),
        (28, hall.call),
        (30, hall.ask_which_route),
        (35, hall.count_hands),
    ):
        yield Scene(starts + timedelta(minutes=minutes), act)


class _Hall:
    """What its earlier scenes made, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.questions: dict[str, WallQuestion] = {}

    @property
    def meeting(self) -> Meeting:
        """As it stands: it was opened since it was announced."""
        found: Meeting = Meeting.objects.select_related("record__authority", "record__process").get(
            pk=self.story.meetings[KEY].pk
        )
        return found

    def _fresh(self, key: str) -> WallQuestion:
        found: WallQuestion = WallQuestion.objects.select_related("record").get(pk=self.questions[key].pk)
        return found

    def put(self, asked: Asked) -> Callable[[Clock], object]:
        def act(clock: Clock) -> None:
            by_message = asked.asker is None
            receipt = put_question(
                meeting=self.meeting,
                words=Words(title=asked.text),
                author=welcome_guest() if asked.asker is None else self.story.crowd[asked.asker],
                origin=Origin.CHAT if by_message else None,
                clock=clock,
            )
            self.questions[asked.key] = receipt.question

        return act

    def support(self, _clock: Clock) -> None:
        """Each time others of those who are here, so that nobody supports everything."""
        for number, asked in enumerate(ASKED):
            question = self._fresh(asked.key)
            for rank in range(asked.supports):
                person = self.story.crowd[(11 * number + 3 * rank) % (IN_THE_ROOM + FAR_AWAY)]
                support_question(question=question, person=person)

    def answer(self, clock: Clock) -> None:
        said = "Oui. S’il y a du monde au cinéma, le conducteur attend dix minutes, et le dit par radio à la salle."
        spoken, question = Spoken(said, ANSWERS_AS), self._fresh("last")
        call_question(question=question, clock=clock)
        approve_spoken_answer(question=question, spoken=spoken, clock=clock)
        answered = self._fresh("last")
        for number, person in enumerate(self.story.crowd[:6]):
            mark_answered(question=answered, person=person, is_answered=number > 0)

    def merge(self, clock: Clock) -> None:
        merge_questions(
            into=self._fresh("moulin"), merged=[self._fresh("hamlet")], function="l’animation", clock=clock
        )

    def call(self, clock: Clock) -> None:
        """An aide has a figure ready, and three lines that wait for who answers to say yes."""
        question = self._fresh("moulin")
        call_question(question=question, clock=clock)
        fact = (
            "Au Moulin : 41 habitants, dont 9 de 15 à 25 ans. L’arrêt ajouterait quatre minutes au tracé B."
        )
        note_fact(question=question, text=fact, service=self.story.services["transports"], clock=clock)
        said = "Quatre minutes de plus, pour neuf jeunes : je demande l’essai de trois mois, sur le tracé B seulement."
        draft_spoken_answer(question=question, spoken=Spoken(said, ANSWERS_AS, True), clock=clock)

    def ask_how_easy(self, clock: Clock) -> None:
        self.easy = self._ask(
            Question(
                words=Words(title="Rentrer après 22 h, aujourd’hui, c’est comment ?"),
                kind=SoundingKind.SCALE,
                most=5,
                lowest="Impossible",
                highest="Facile",
            ),
            clock,
        )
        self._vote(self.easy, EASE, clock)

    def end_how_easy(self, clock: Clock) -> None:
        close_sounding(sounding=self.easy, clock=clock)

    def ask_which_route(self, clock: Clock) -> None:
        self.route = self._ask(
            Question(
                words=Words(
                    title="Quel tracé pour la N2 ?",
                    text="Votre voix éclaire le choix de la vice-présidente, elle ne décide pas.",
                ),
                kind=SoundingKind.SINGLE,
                options=ROUTES,
            ),
            clock,
        )
        self._vote(self.route, CHOSEN, clock)

    def count_hands(self, clock: Clock) -> None:
        """By one, then again by another."""
        people = self.story.people
        count = enter_count(
            sounding=self.route,
            by=SoundingCount.By.HANDS,
            counts=HANDS,
            entered_by=people["nathalie"],
            clock=clock,
        )
        verify_count(count=count, counts=HANDS, by=people["karim"], clock=clock)

    def _ask(self, question: Question, clock: Clock) -> Sounding:
        drafted = draft_sounding(
            meeting=self.meeting, question=question, author=self.story.people["nathalie"], clock=clock
        )
        return open_sounding(sounding=drafted, clock=clock)

    def _vote(
        self, sounding: Sounding, chosen: tuple[tuple[int, ...], tuple[int, ...]], clock: Clock
    ) -> None:
        in_the_room, far_away = chosen
        people = (*self.story.crowd[: len(in_the_room)], *self.story.crowd[REMOTE : REMOTE + len(far_away)])
        given = zip(people, in_the_room + far_away, strict=True)
        give_voices([GivenVoice(sounding.pk, person.pk, [rank]) for person, rank in given], clock=clock)
