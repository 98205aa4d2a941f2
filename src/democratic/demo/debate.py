"""A cyber-debate that is over: questions, a vote before and after, a promise, an answer owed, minutes contested."""

from collections.abc import Callable

from democratic.demo.calendar import FRI, WED, Week
from democratic.demo.debate_words import (
    AFTER,
    ANSWERS,
    ANSWERS_AS,
    BEFORE,
    BRIEF,
    COME,
    FIRST,
    ITEMS,
    QUESTIONS,
    VOTE,
)
from democratic.demo.night_line import NIGHT_LINE
from democratic.demo.story import Story
from democratic.kernel.clock import Clock
from democratic.participation.commitments.actions.promising import Work
from democratic.participation.meetings.actions import (
    Means,
    Moment,
    announce_meeting,
    arrange_meeting,
    publish_briefing,
)
from democratic.participation.meetings.agenda.actions import add_item, start_item
from democratic.participation.meetings.arrivals.joining import Coming, take_seat
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.captioning import add_caption
from democratic.participation.meetings.models import Form, Meeting, TeamRole
from democratic.participation.meetings.running import close_meeting, open_meeting
from democratic.participation.meetings.soundings.asking import ask_again, draft_sounding, open_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.soundings.voting import GivenVoice, give_voices
from democratic.participation.meetings.teaming import name_in_team
from democratic.participation.meetings.wall.actions import (
    LivePromise,
    Promised,
    Spoken,
    approve_spoken_answer,
    call_question,
    mark_answered,
    owe_answer,
    promise_live,
    put_question,
    support_question,
)
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.people.models import Person
from democratic.thread.actions import Words
from democratic.thread.models import Origin

KEY = "answers"
DAY = Week(-2, WED)


class Debate:
    """What its earlier scenes made, for the later ones."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.questions: dict[str, WallQuestion] = {}

    @property
    def meeting(self) -> Meeting:
        """As it stands at this scene."""
        found = Meeting.objects.select_related("record__authority", "record__process", "process__record")
        return found.get(pk=self.story.meetings[KEY].pk)

    def _fresh(self, key: str) -> WallQuestion:
        found: WallQuestion = WallQuestion.objects.select_related("record").get(pk=self.questions[key].pk)
        return found

    def here(self, seat: Seat) -> list[Person]:
        return self.story.crowd[FIRST[seat] : FIRST[seat] + COME[seat]]

    def announce(self, clock: Clock) -> None:
        story, at = self.story, self.story.calendar.at
        meeting = announce_meeting(
            process=story.processes[NIGHT_LINE],
            words=Words(
                title="Cyber-débat : la N2, vos questions",
                text="Une heure et demie avec la vice-présidente. Ce qui n’a pas de réponse en direct en reçoit une "
                "par écrit.",
            ),
            moment=Moment(
                starts_at=at(DAY, 18, 30),
                ends_at=at(DAY, 20),
                place="Médiathèque, Clairvoie",
                access="De plain-pied, boucle magnétique, sous-titres en direct",
                seats=(Origin.ROOM, Origin.REMOTE, Origin.LATER),
            ),
            author=story.people["nathalie"],
            clock=clock,
        )
        means = Means(form=Form.CYBERDEBATE, later_hours=24 * 21)
        story.meetings[KEY] = arrange_meeting(meeting=meeting, means=means, clock=clock)
        publish_briefing(meeting=story.meetings[KEY], brief=BRIEF, clock=clock)
        for title, minutes in ITEMS:
            add_item(meeting_id=meeting.pk, title=title, minutes=minutes)
        for who, role, function in (
            ("nathalie", TeamRole.FACILITATES, "service jeunesse"),
            ("odile", TeamRole.ANSWERS, ANSWERS_AS),
            ("karim", TeamRole.WRITES, "service jeunesse"),
        ):
            name_in_team(meeting=meeting, person=story.people[who], role=role, function=function)

    def ask(self, key: str) -> Callable[[Clock], object]:
        text, asker, _supports = QUESTIONS[key]

        def act(clock: Clock) -> None:
            receipt = put_question(
                meeting=self.meeting, words=Words(title=text), author=self.story.crowd[asker], clock=clock
            )
            self.questions[key] = receipt.question

        return act

    def begin(self, clock: Clock) -> None:
        open_meeting(meeting_id=self.story.meetings[KEY].pk, clock=clock)
        for seat in (Seat.ROOM, Seat.REMOTE):
            self.sit(seat, clock)
        self._start(0, clock)

    def sit(self, seat: Seat, clock: Clock) -> None:
        meeting_id = self.story.meetings[KEY].pk
        for person in self.here(seat):
            take_seat(meeting_id=meeting_id, person=person, coming=Coming(seat), clock=clock)

    def _start(self, rank: int, clock: Clock) -> None:
        meeting = self.meeting
        start_item(meeting_id=meeting.pk, item_id=meeting.items.get(rank=rank).pk, clock=clock)

    def vote_before(self, clock: Clock) -> None:
        drafted = draft_sounding(
            meeting=self.meeting, question=VOTE, author=self.story.people["nathalie"], clock=clock
        )
        self.before = open_sounding(sounding=drafted, clock=clock)
        self.vote(self.before, BEFORE, self.here(Seat.ROOM) + self.here(Seat.REMOTE), clock)
        close_sounding(sounding=self.before, clock=clock)

    def vote_again(self, clock: Clock) -> None:
        self._start(2, clock)
        again = ask_again(sounding=self.before, author=self.story.people["nathalie"], clock=clock)
        self.after = open_sounding(sounding=again, clock=clock)
        self.vote(self.after, AFTER, self.here(Seat.ROOM) + self.here(Seat.REMOTE), clock)

    @staticmethod
    def vote(sounding: Sounding, pattern: tuple[int, ...], people: list[Person], clock: Clock) -> None:
        ranks = [pattern[number % len(pattern)] for number in range(len(people))]
        given = zip(people, ranks, strict=True)
        give_voices([GivenVoice(sounding.pk, person.pk, [rank]) for person, rank in given], clock=clock)

    def caption(self, said: str) -> Callable[[Clock], object]:
        return lambda clock: add_caption(meeting_id=self.story.meetings[KEY].pk, text=said, clock=clock)

    def support(self, _clock: Clock) -> None:
        here = self.here(Seat.ROOM) + self.here(Seat.REMOTE)
        for key, (_text, asker, supports) in QUESTIONS.items():
            question = self._fresh(key)
            for number in range(supports):
                person = here[(asker + 1 + number) % len(here)]
                support_question(question=question, person=person)

    def answer(self, key: str) -> Callable[[Clock], object]:
        def act(clock: Clock) -> None:
            call_question(question=self._fresh(key), clock=clock)
            approve_spoken_answer(
                question=self._fresh(key), spoken=Spoken(ANSWERS[key], ANSWERS_AS), clock=clock
            )
            answered = self._fresh(key)
            for number, person in enumerate(self.here(Seat.REMOTE)[:6]):
                mark_answered(question=answered, person=person, is_answered=number != len(key) % 7)

        return act

    def promise(self, clock: Clock) -> None:
        """One word given, one answer that needs a week: both have a service and a day."""
        story, day = self.story, self.story.calendar.day
        self._start(1, clock)
        promise_live(
            question=self._fresh("light"),
            promise=LivePromise(
                words=Words(title="Éclairer les huit arrêts de la N2 avant son premier départ"),
                work=Work(service=story.services["routes"], due_on=day(Week(5, FRI))),
                function=ANSWERS_AS,
            ),
            author=story.people["nathalie"],
            clock=clock,
        )
        promised = Promised(story.services["transports"], day(Week(2, FRI)))
        owe_answer(question=self._fresh("sunday"), promised=promised, function=ANSWERS_AS, clock=clock)

    def close(self, clock: Clock) -> None:
        close_meeting(meeting_id=self.story.meetings[KEY].pk, clock=clock)
