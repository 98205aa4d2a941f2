"""What one meeting said last, in this process, and who reads it here."""

from collections.abc import Iterable
from itertools import chain

from democratic.participation.meetings.live.models import Topic
from democratic.web.entry.meetings.frames import Told, body, passed
from democratic.web.entry.meetings.reader import Audience, Reader

MOST_NUMBERS = (
    1000  # that are told one by one to who comes back; who slept longer is told the newest of each topic
)

Row = tuple[int, str, dict[str, str]]


class Board:
    """Only the newest of each topic has words: what came before was replaced, so that nothing piles up."""

    def __init__(self, meeting: str) -> None:
        self.meeting = meeting
        self.last = 0
        self.newest: dict[str, Told] = {}
        self.readers: dict[Audience, set[Reader]] = {}
        self.left_at = 0.0

    @property
    def everyone(self) -> list[Reader]:
        return list(chain.from_iterable(self.readers.values()))

    def enter(self, reader: Reader) -> None:
        self.readers.setdefault(reader.audience, set()).add(reader)

    def leave(self, reader: Reader, now: float) -> None:
        group = self.readers.get(reader.audience, set())
        group.discard(reader)
        if not group:
            self.readers.pop(reader.audience, None)
        self.left_at = now

    def take(self, rows: Iterable[Row]) -> bool:
        """What the database says after ``last``, in order; whether anything is new."""
        before = self.last
        for number, topic, said in rows:
            if number <= self.last:
                continue
            self.last = number
            if said:
                self.newest[topic] = Told(number, topic, said)
        return self.last != before

    def rows_after(self, number: int, audience: Audience) -> list[tuple[int, str, str]]:
        """Number, topic and HTML of each topic that changed since."""
        shown = (told for told in self.newest.values() if told.number > number or number > self.last)
        allowed = [told for told in shown if audience.is_team or told.topic != Topic.TEAM]
        return sorted((told.number, told.topic, told.said.get(audience.language, "")) for told in allowed)

    def after(self, number: int, audience: Audience) -> bytes:
        """All that she has not read, in order and without a gap."""
        if number > self.last:  # of a table that was made anew
            number = 0
        if number == self.last:
            return b""
        full = {
            told.number: told
            for told in self.newest.values()
            if told.number > number and (audience.is_team or told.topic != Topic.TEAM)
        }
        if self.last - number > MOST_NUMBERS:
            numbers: Iterable[int] = sorted({*full, self.last})
        else:
            numbers = range(number + 1, self.last + 1)
        language = audience.language
        return b"".join(full[n].frame(language) if n in full else passed(n) for n in numbers)

    def tell(self, readers: Iterable[Reader], audience: Audience) -> None:
        """To each what she lacks: the same bytes for all who had read as far."""
        made: dict[int, dict[str, object]] = {}
        last = self.last
        for reader in readers:
            if reader.last == last or reader.is_behind:
                continue
            message = made.get(reader.last)
            if message is None:
                message = made[reader.last] = body(self.after(reader.last, audience))
            reader.say(message, last)
