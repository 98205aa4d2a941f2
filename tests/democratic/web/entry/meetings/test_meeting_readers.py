"""Thousands read one board: the same bytes for all, nothing queued for who does not read, everything once she does."""

import asyncio

from democratic.web.entry.meetings import reader as reader_module
from democratic.web.entry.meetings.board import MOST_NUMBERS, Board
from democratic.web.entry.meetings.reader import Audience, Reader

FRENCH, TEAM = Audience("fr", is_team=False), Audience("fr", is_team=True)


class Taken:
    """As the server's: there is nothing to wait for."""

    def __await__(self):
        return iter(())


class Line:
    """Takes ``room`` messages at once; beyond, who sends must wait until it is emptied."""

    def __init__(self, room=4):
        self.room, self.sent, self.waiting = room, [], []

    def __call__(self, message):
        if message["type"] == "http.response.start":
            return Taken()
        self.sent.append(message)
        if len(self.sent) <= self.room or not message["more_body"]:
            return Taken()
        self.waiting.append(asyncio.get_running_loop().create_future())
        return self.waiting[-1]

    @property
    def said(self):
        return b"".join(message["body"] for message in self.sent).decode()


async def entered(board, line, audience=FRENCH):
    reader = Reader(audience, line)
    reader.board = board
    await reader.begin({"type": "http.response.start"})
    board.enter(reader)
    return reader


def state(number):
    return number, "state", {"fr": f"n° {number}"}


def test_all_are_given_the_very_same_bytes():
    async def live():
        board, lines = Board("m"), [Line() for _each in range(3)]
        for line in lines:
            await entered(board, line)
        assert board.take([state(1)])
        board.tell(board.everyone, FRENCH)
        first = lines[0].sent[0]["body"]
        assert all(line.sent[0]["body"] is first for line in lines)
        board.tell(board.everyone, FRENCH)
        assert [len(line.sent) for line in lines] == [1, 1, 1]

    asyncio.run(live())


def test_nothing_queues_for_who_does_not_read_and_she_is_told_what_she_missed_once_she_does():
    async def live():
        board, line = Board("m"), Line(room=1)
        reader = await entered(board, line)
        for number in range(1, 8):
            board.take([state(number)])
            board.tell([reader], FRENCH)
        assert len(line.sent) == 2  # one was taken, one waits, the others are not kept for her
        line.room = 9
        line.waiting[0].set_result(None)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        numbers = [int(row[4:]) for row in line.said.splitlines() if row.startswith("id: ")]
        assert numbers == [1, 2, 3, 4, 5, 6, 7]
        assert "n° 7" in line.said
        assert "n° 5" not in line.said

    asyncio.run(live())


def test_who_never_reads_is_cut(monkeypatch):
    async def live():
        monkeypatch.setattr(reader_module, "SLOWEST", 0.01)
        board, line = Board("m"), Line(room=0)
        reader = await entered(board, line)
        board.take([state(1)])
        board.tell([reader], FRENCH)
        async with asyncio.timeout(5):
            while not reader.is_over:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        assert line.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
        reader.end("gone")
        assert len(line.sent) == 2

    asyncio.run(live())


def test_what_is_for_the_team_passes_others_by_as_a_number():
    board = Board("m")
    board.take([state(1), (2, "team", {"fr": "réserve"})])
    assert board.after(1, FRENCH) == b"id: 2\n\n"
    assert "réserve" in board.after(1, TEAM).decode()
    assert board.rows_after(0, FRENCH) == [(1, "state", "n° 1")]


def test_who_slept_for_long_is_told_the_newest_of_each_topic_and_the_last_number():
    board = Board("m")
    board.take([(3, "wall", {"fr": "mur"}), state(5), (MOST_NUMBERS + 50, "wall", {})])
    said = board.after(1, FRENCH).decode()
    assert [row for row in said.splitlines() if row.startswith("id: ")] == ["id: 3", "id: 5", "id: 1050"]
    assert board.after(MOST_NUMBERS + 50, FRENCH) == b""
    assert board.after(9999, FRENCH) == board.after(0, FRENCH)
