"""What was told after the cyber-debate: the essential, the minutes, what was asked of them, and who came later."""

from collections.abc import Iterator

from democratic.demo.calendar import FRI, MON, SAT, THU, TUE, Week
from democratic.demo.debate import DAY, Debate
from democratic.demo.debate_words import AFTERWARDS, ANSWERS, CATCH_UP, CORRECTED, QUESTIONS, SAID, SPOKEN
from democratic.demo.story import Scene, Story
from democratic.kernel.clock import Clock
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.actions import (
    Said,
    add_block,
    answer_amendment,
    approve_minutes,
    ask_amendment,
    propose_minutes,
    save_block,
    save_catch_up,
    show_recording,
    start_minutes,
    tell_catch_up,
)
from democratic.participation.meetings.minutes.marks import mark_of, mark_of_text
from democratic.participation.meetings.minutes.models import Amendment, BlockKind, Minutes


def scenes(story: Story) -> Iterator[Scene]:
    at, debate = story.calendar.at, Debate(story)
    yield Scene(at(Week(-3, TUE), 11, 30), debate.announce)
    for number, key in enumerate(QUESTIONS):
        moment = at(Week(-2, MON), 18, number) if key in ("light", "sunday") else at(DAY, 18, 40 + number)
        yield Scene(moment, debate.ask(key))
    yield Scene(at(DAY, 18, 30), debate.begin)
    yield Scene(at(DAY, 18, 36), debate.vote_before)
    yield Scene(at(DAY, 18, 50), debate.support)
    for number, key in enumerate(ANSWERS):
        yield Scene(at(DAY, 19, 8 * number), debate.answer(key))
    for number, line in enumerate(SPOKEN):
        yield Scene(at(DAY, 18, 52 + 2 * number), debate.caption(line))
    yield Scene(at(DAY, 19, 30), debate.promise)
    yield Scene(at(DAY, 19, 45), debate.vote_again)
    yield Scene(at(DAY, 20), debate.close)
    told = Told(debate)
    yield Scene(at(Week(-2, THU), 10), told.tell)
    yield Scene(at(Week(-2, FRI), 18), told.contest)
    yield Scene(at(Week(-2, SAT), 15), told.come_later)
    yield Scene(at(Week(-1, MON), 10), told.correct)
    yield Scene(at(Week(-1, FRI), 9), told.approve)


class Told:
    """What its earlier scenes made, for the later ones."""

    def __init__(self, debate: Debate) -> None:
        self.debate = debate

    def tell(self, clock: Clock) -> None:
        """The next day: five lines for who has two minutes, then the whole, to be read again for three days."""
        minutes = start_minutes(meeting=self.debate.meeting, clock=clock)
        save_catch_up(minutes=minutes, text=CATCH_UP, seen=mark_of_text(minutes.catch_up))
        said = Said(
            SAID, kind=BlockKind.ARGUMENT, seat=Seat.ROOM, item=self.debate.meeting.items.get(rank=0).pk
        )
        self.contested = add_block(minutes=minutes, after=1, said=said).rank
        tell_catch_up(minutes=minutes, clock=clock)
        meeting = self.debate.meeting
        show_recording(
            meeting=meeting,
            url="https://videos.valdorbe.example/cyber-debat-n2",
            label="La soirée entière, sous-titrée",
            starts_at=meeting.opened_at,
            clock=clock,
        )
        self.minutes = propose_minutes(minutes=minutes, days=3, clock=clock)

    def contest(self, clock: Clock) -> None:
        in_the_room, far_away = self.debate.here(Seat.ROOM)[5], self.debate.here(Seat.REMOTE)[2]
        for person, text, rank in (
            (in_the_room, "Le conducteur n’a pas dit « quelques minutes » : il a dit six.", self.contested),
            (far_away, "Écrivez que tout le monde voulait le tracé B.", None),
        ):
            ask_amendment(minutes=self.minutes, block_rank=rank, person=person, text=text, clock=clock)

    def correct(self, clock: Clock) -> None:
        """One is taken, one is not; the second version is read again, then approved."""
        asked = Amendment.objects.filter(minutes=self.minutes)
        taken, refused = asked.get(block_rank=self.contested), asked.get(block_rank=None)
        answer_amendment(
            amendment=taken, is_taken=True, reason="C’est exact : il a dit six minutes.", clock=clock
        )
        answer_amendment(
            amendment=refused,
            is_taken=False,
            reason="Le vote dit autre chose : les nombres sont publiés, le compte rendu s’y tient.",
            clock=clock,
        )
        draft = Minutes.objects.get(meeting=self.debate.meeting, state=Minutes.State.DRAFT)
        block = draft.blocks.get(rank=self.contested)
        said = Said(CORRECTED, kind=BlockKind.ARGUMENT, seat=Seat.ROOM, item=block.item_id)
        save_block(minutes=draft, block=block.pk, said=said, seen=mark_of(block))
        self.minutes = propose_minutes(minutes=draft, days=3, clock=clock)

    def come_later(self, clock: Clock) -> None:
        self.debate.sit(Seat.LATER, clock)
        self.debate.vote(self.debate.after, AFTERWARDS, self.debate.here(Seat.LATER), clock)

    def approve(self, clock: Clock) -> None:
        approve_minutes(minutes=self.minutes, clock=clock)
