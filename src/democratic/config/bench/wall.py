"""A wall of two thousand questions and a queue of two thousand hands: the pages, the drawings, the acts."""

import time
from collections.abc import Callable, Iterator

from django.core import signing
from django.db import connection

from democratic.config.bench.desk import agent_cookie, read_by_turns
from democratic.config.bench.fill import Filled
from democratic.config.bench.live_meeting import LiveMeeting
from democratic.config.bench.load import Measure, measure, posting
from democratic.config.bench.size import Step
from democratic.config.bench.wall_fill import fill_hands, fill_wall
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.settled import settle
from democratic.participation.meetings.floor.actions import call_next
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.queries import floor_of
from democratic.participation.meetings.models import FloorRule, Meeting
from democratic.participation.meetings.running import open_meeting
from democratic.people.actions import open_account
from democratic.web.guests import COOKIE, SALT
from democratic.web.meetings.direct.drawings import floor as draw_floor
from democratic.web.meetings.direct.leading_drawing import team as draw_team
from democratic.web.meetings.wall.drawn import draw_wall

TIMES = 40
TO_REACH = 150  # ms, at p95


def wall_timed(live: LiveMeeting, base: str, *, number: int, seconds: int) -> Iterator[Step]:
    """Pages through the real server by two who read at once; drawings and acts one after another."""
    meeting = live.meeting
    open_meeting(meeting_id=meeting.pk, clock=DATABASE_CLOCK)
    supported = fill_wall(meeting, number)
    person = fill_hands(meeting, number)
    guest = f"{COOKIE}={signing.dumps(str(person), salt=SALT)}"
    settle()  # as a process of pages does
    process = meeting.process
    assert process is not None  # noqa: S101
    account = open_account(email="anime@example.org", name="Anime", password=None)
    agent = agent_cookie(Filled(process.authority, process, account, "", ""))
    yield _timed("drawing the wall, before the database has looked at its tables", lambda: draw_wall(meeting))
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    pages = {
        "the wall": (f"{live.path}/questions", guest),
        "the wall, by seat in turn": (f"{live.path}/questions?tri=places", guest),
        "the wall, its last page": (f"{live.path}/questions?page={number // 30}", guest),
        "her screen, her hand up": (f"{live.path}/direct", guest),
        "the screen of the room": (f"{live.path}/direct/ecran", ""),
        "who runs it": (f"{live.path}/direct/animer", agent),
        "who runs it, sorting": (f"{live.path}/direct/questions", agent),
        "who answers": (f"{live.path}/direct/repondre", agent),
    }
    for name, (path, cookie) in pages.items():
        yield _read(name, read_by_turns(base + path, seconds, cookie=cookie))
    support = f"{base}/questions-de-rencontre/{supported}/soutenir"
    yield _read("a support", measure(support, seconds=seconds, connections=2, script=posting("n=%d")))
    yield _timed("drawing the wall", lambda: draw_wall(meeting))
    yield _timed("drawing the queue", lambda: draw_floor(meeting))
    yield _timed("drawing the queue and its buttons", lambda: draw_team(meeting))
    yield from _called(meeting)


def _read(name: str, read: Measure) -> Step:
    detail = f"p50 {read.p50:.0f} ms, **p95 {read.p95:.0f} ms**, {read.per_second:.0f}/s"
    return Step(name, read.p95 / 1000, detail + (f", {read.errors} errors" if read.errors else ""))


def _called(meeting: Meeting) -> Iterator[Step]:
    """The queue placed under each rule, and the next one called to the floor."""
    for rule in FloorRule:
        Meeting.objects.filter(pk=meeting.pk).update(floor_rule=rule)
        meeting.floor_rule = rule
        yield _timed(f"the queue, {rule.value}", lambda: floor_of(meeting))

    def call() -> object:
        floor = floor_of(meeting)
        seen = Seen(floor.speaking.pk if floor.speaking else None)
        first = floor.waiting[0].turn.pk
        return call_next(meeting_id=meeting.pk, turn_id=first, seen=seen, clock=DATABASE_CLOCK)

    yield _timed("the next one is called", call)


def _timed(name: str, act: Callable[[], object]) -> Step:
    act()
    waits, began = [], time.process_time()
    for _time in range(TIMES):
        at = time.perf_counter()
        act()
        waits.append((time.perf_counter() - at) * 1000)
    worked = (time.process_time() - began) * 1000 / TIMES
    waits.sort()
    p95 = waits[int(TIMES * 0.95) - 1]
    detail = f"p50 {waits[TIMES // 2]:.0f} ms, **p95 {p95:.0f} ms**, {worked:.0f} ms of processor of ours"
    return Step(name, p95 / 1000, detail)
