"""A meeting under way while each part of the product is killed: what was acknowledged is there once, no number is missed."""

import asyncio
import contextlib
import http.client
import json
import os
import random
import re
import signal
import threading
import time
from urllib.parse import urlencode

import pytest
from real_product import is_alive, running_product, tell, wait_until

pytestmark = pytest.mark.prove

SCREENS = 40
VOTERS = 12
VOTES_BEFORE_A_KILL = 15
HEARD_WITHIN = 90.0  # seconds, of whatever was touched before

# What the product's own pages draw may change; that of a test is a number that grows.
OPEN = """
from datetime import timedelta
from django.core import signing
from democratic.kernel.clock import DATABASE_CLOCK as clock
from democratic.participation.meetings.actions import Moment, announce_meeting
from democratic.participation.meetings.arrivals.models import Attendance, Seat
from democratic.participation.meetings.soundings.asking import draft_sounding, open_sounding
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words, set_state
from democratic.web.guests import COOKIE, SALT
now = clock.now()
process = Process.objects.select_related('record__authority').first()
moment = Moment(now, now + timedelta(hours=2), 'Salle des fêtes')
meeting = announce_meeting(process=process, words=Words(title='Sous les coups'), moment=moment, author=None, clock=clock)
set_state(meeting.record, 'live')
Meeting.objects.filter(pk=meeting.pk).update(opened_at=now)
question = Question(kind=SoundingKind.SINGLE, words=Words(title='Lequel ?'), options=('A', 'B', 'C', 'D'))
sounding = open_sounding(sounding=draft_sounding(meeting=meeting, question=question, author=None, clock=clock), clock=clock)
print('@' + meeting.record.code + ' ' + sounding.record.code + ' ' + str(meeting.pk) + ' ' + str(sounding.pk))
for n in range(%d):
    person = welcome_guest()
    Attendance.objects.create(meeting=meeting, person=person, seat=Seat.ROOM, joined_at=now)
    print('@' + str(person.pk) + ' ' + COOKIE + '=' + signing.dumps(str(person.pk), salt=SALT))
"""


@pytest.fixture(scope="module")
def product():
    with running_product() as made:
        yield made


class Opened:
    def __init__(self, product):
        first, *people = product.shell(OPEN % VOTERS)
        self.code, self.vote, self.meeting, self.sounding = first.split()
        self.people = [each.split(" ", 1) for each in people]
        self.product = product

    def touch(self, *topics):
        with self.product.database() as connection:
            for topic in topics:
                connection.execute(
                    "insert into participation_livetouch (meeting_id, topic) values (%s, %s)",
                    [self.meeting, topic],
                )

    def last(self):
        [(last,)] = self.product.rows(
            "select coalesce(max(number), 0) from participation_liveevent where meeting_id = %s", self.meeting
        )
        return last


@pytest.fixture(scope="module")
def meeting(product):
    return Opened(product)


class Screen:
    """Comes back whatever happens, with the last number that it read; a gap is never forgiven."""

    def __init__(self, port, code):
        self.port, self.code, self.last, self.gaps, self.returns = port, code, 0, [], 0

    async def stay(self):
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ValueError):
                await self._follow()
            self.returns += 1
            await asyncio.sleep(0.2 + random.random())

    async def _follow(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(
                f"GET /rencontres/{self.code}/flux HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
                f"Last-Event-ID: {self.last}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200 "):
                return
            while line := await reader.readline():
                if found := re.fullmatch(rb"id: (\d+)\n", line):
                    number = int(found[1])
                    if number != self.last + 1:
                        self.gaps.append((self.last, number))
                    self.last = number
        finally:
            writer.close()


class Voter(threading.Thread):
    """Changes her voice again and again, sends again what was not acknowledged, and remembers the last that was."""

    def __init__(self, meeting, cookie, over):
        super().__init__()
        self.meeting, self.cookie, self.over = meeting, cookie, over
        self.sent, self.acknowledged, self.count = None, None, 0

    def run(self):
        n = 0
        while not self.over.is_set():
            n += 1
            self.sent = 1 + n % 4
            while not self.over.is_set() and not self._is_taken(self.sent):
                self.over.wait(0.2)

    def _is_taken(self, option):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.meeting.product.port, timeout=20)
            connection.request(
                "POST", f"/rencontres/{self.meeting.code}/votes/{self.meeting.vote}", urlencode({"given": option}),
                {
                    "Cookie": self.cookie, "Accept": "application/json", "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                },
            )  # fmt: skip
            answer = connection.getresponse()
            is_kept = answer.status == 200 and json.load(answer) == {"refusal": ""}
        except (OSError, http.client.HTTPException, ValueError):
            return False
        finally:
            connection.close()
        if is_kept:
            self.acknowledged, self.count = option, self.count + 1
        return is_kept


def kill_web(product):
    product.kill("democratic.config.cli web")


def kill_teller(product):
    product.kill("democratic.config.cli sequencer")


def kill_postgresql(product):
    os.kill(postmaster := product.pids("bin/postgres")[0], signal.SIGKILL)
    wait_until(lambda: not is_alive(postmaster), "the end of PostgreSQL")


KILLS = {"web": kill_web, "the teller": kill_teller, "PostgreSQL": kill_postgresql}


@pytest.mark.parametrize("killed", KILLS)
def test_what_was_acknowledged_is_there_once_and_no_screen_misses_a_number(product, meeting, killed):
    over = threading.Event()
    voters = [Voter(meeting, cookie, over) for _person, cookie in meeting.people]

    async def live():
        screens = [Screen(product.port, meeting.code) for _each in range(SCREENS)]
        following = [asyncio.create_task(each.stay()) for each in screens]
        for each in voters:
            each.start()
        for _round in range(2):
            meeting.touch("sounding", "state")
            counts = [each.count for each in voters]
            await asyncio.to_thread(
                wait_until,
                lambda before=counts: sum(each.count for each in voters) > sum(before) + VOTES_BEFORE_A_KILL,
                "votes",
            )
            await asyncio.to_thread(KILLS[killed], product)
            await asyncio.to_thread(product.wait_ready)
        over.set()
        for each in voters:
            await asyncio.to_thread(each.join)
        meeting.touch("sounding")
        deadline, last = time.monotonic() + HEARD_WITHIN, 0
        while time.monotonic() < deadline:
            await asyncio.sleep(0.5)
            waiting = product.rows("select count(*) from participation_livetouch")[0][0]
            last = meeting.last()
            if not waiting and all(each.last == last for each in screens):
                break
        for each in following:
            each.cancel()
        return screens, last

    screens, last = asyncio.run(live())
    tell(
        f"{killed} killed twice: {sum(each.count for each in voters)} votes acknowledged, {last} events,"
        f" {sum(each.returns for each in screens)} returns of {SCREENS} screens"
    )
    assert last > 0
    assert [each.gaps for each in screens] == [[]] * SCREENS
    assert {each.last for each in screens} == {last}
    numbers = product.rows(
        "select number from participation_liveevent where meeting_id = %s order by number", meeting.meeting
    )
    assert [number for (number,) in numbers] == list(range(1, last + 1))
    kept = product.rows(
        "select person_id, given from participation_soundingvoice where sounding_id = %s", meeting.sounding
    )
    assert len(kept) == len({person for person, _given in kept}) == len(voters)
    by_person = {str(person): given for person, given in kept}
    for (person, _cookie), voter in zip(meeting.people, voters, strict=True):
        # What was sent last and not acknowledged may be there: a whole voice, the one or the other.
        assert by_person[person] in ([voter.acknowledged], [voter.sent])
