"""Meetings in this process: who is let in at once, who is asked for by Django, and what each is given."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.http import parse_cookie

from democratic.web.entry.bridge import Receive, Scope, Send, address_of, environ_again, environ_of
from democratic.web.entry.database import Database
from democratic.web.entry.live.room import Room
from democratic.web.entry.live.watcher import Watcher
from democratic.web.entry.meetings.boards import Boards
from democratic.web.entry.meetings.doors import Ask, Door, Doors, key_of
from democratic.web.entry.meetings.follow import UNKNOWN, Comer, Shared, follow, turn_away
from democratic.web.entry.meetings.paths import SINCE, STREAM, VOTE, asked_of, meeting_stream
from democratic.web.entry.meetings.reader import Audience
from democratic.web.entry.meetings.sessions import Sessions
from democratic.web.entry.meetings.votes.batches import Batches
from democratic.web.entry.meetings.votes.posted import given_in, is_ours, send_answer
from democratic.web.entry.stored import Headers
from democratic.web.entry.versions import Versions
from democratic.web.meetings.streams.following import TEAM, Following
from democratic.web.meetings.streams.told import told_in
from democratic.web.meetings.streams.views import number_of
from democratic.web.meetings.votes.casting import Vote, answer_all
from democratic.web.metrics.counters import MEETING_STREAMS

MOST = 12000
MOST_OF_A_NETWORK = 3000  # a whole school shares one address, and a whole town some
MOST_OF_A_SESSION = 20

Held = Callable[[Receive, Send], Awaitable[None]]


class Hall:
    def __init__(self, database: Database, versions: Versions, watcher: Watcher, ask: Ask) -> None:
        self._boards, self._doors = Boards(database), Doors(versions, ask)
        self._sessions = Sessions(database)
        room = Room(MEETING_STREAMS, MOST, MOST_OF_A_NETWORK, MOST_OF_A_SESSION)
        self._shared = Shared(room, self._boards, watcher)
        self._votes = Batches(answer_all)
        self._is_closed = False

    def close(self) -> None:
        """The process stops: every screen comes back to the next one."""
        self._is_closed = True
        self._boards.close()

    async def answered(self, scope: Scope, send: Send) -> bool | Held:
        """False: it is Django's to answer, as nothing is known of who may be let in. ``Held``: she stays, and is told.

        What was read of her request is gone by then: of thousands who wait nothing stays but their place.
        """
        asked = asked_of(scope["method"], scope["path"])
        query = scope.get("query_string", b"").decode("latin-1")
        if asked is None or asked.what not in (STREAM, SINCE) or TEAM in query:
            return False
        headers = dict(scope["headers"])
        seen = seen_by(headers.get(b"last-event-id", b"").decode("latin-1"), query)
        try:
            door = await self._doors.open_to_all(
                key_of(headers, scope["scheme"], scope["path"]),
                lambda: {**environ_again(environ_of(scope, b""), ""), "QUERY_STRING": ""},
            )
            if door is None:
                return False
            if asked.what == SINCE:
                await self._give(door, seen, send)
                return True
            cookie = headers.get(b"cookie", b"").decode("latin-1")
            session = await self._session_in(cookie)
        except UNKNOWN:
            return False  # Django says what is wrong
        comer = Comer(address_of(scope, headers), seen, cookie if session else "", door.environ)
        following = replace(door.following, session=session) if session else door.following
        scope.clear()
        return partial(self.hold, following, door.headers, comer)

    async def _session_in(self, cookie: str) -> str:
        """That of a browser which is signed in; empty for anyone else."""
        key = parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME, "") if cookie else ""
        return key if key and await self._sessions.is_living(key) else ""

    async def voted(self, scope: Scope, headers: dict[bytes, bytes], body: bytes, send: Send) -> bool:
        """A vote by a script, of someone known, where everyone may follow; anything else is Django's (False)."""
        asked = asked_of(scope["method"], scope["path"])
        if asked is None or asked.what != VOTE or not is_ours(headers, body):
            return False
        path = meeting_stream(scope["path"])
        page = {"QUERY_STRING": "", "PATH_INFO": path}
        try:
            door = await self._doors.open_to_all(
                key_of(headers, scope["scheme"], path),
                lambda: {**environ_again(environ_of(scope, b""), ""), **page},
            )
        except UNKNOWN:
            return False
        if door is None:
            return False
        vote = Vote(
            cookie=headers.get(b"cookie", b"").decode("latin-1"),
            network=address_of(scope, headers),
            meeting=UUID(door.following.meeting),
            sounding=asked.sounding,
            given=given_in(body),
            language=door.following.language,
        )
        answer = await self._votes.cast(vote)
        if answer is None:
            return False
        await send_answer(send, answer, door.of_answers)
        return True

    async def _give(self, door: Door, seen: int, send: Send) -> None:
        following = door.following
        board = await self._boards.of(following.meeting, seen)
        rows = board.rows_after(seen, Audience(following.language, is_team=False))
        said = json.dumps(told_in(board.last, rows)).encode()
        headers: Headers = [*door.headers, (b"content-length", str(len(said)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": said})

    def hold(
        self, following: Following, headers: Headers, comer: Comer, receive: Receive, send: Send
    ) -> Awaitable[None]:
        if self._is_closed:
            return turn_away(send)
        return follow(self._shared, following, headers, comer, receive, send)

    async def hold_asked(
        self, following: Following, environ: dict[str, Any], headers: Headers, receive: Receive, send: Send
    ) -> None:
        """Someone whom Django let in for herself."""
        query = environ.get("QUERY_STRING", "")
        seen = seen_by(environ.get("HTTP_LAST_EVENT_ID", ""), query)
        again = {**environ_again(environ, ""), "QUERY_STRING": TEAM if TEAM in query else ""}
        cookie = environ.get("HTTP_COOKIE", "") if following.session else ""
        shown = [(name, value) for name, value in headers if name != b"content-length"]
        await self.hold(following, shown, Comer(environ["REMOTE_ADDR"], seen, cookie, again), receive, send)


def seen_by(last_event: str, query: str) -> int:
    """The last number that reached her, else that of the page that she reads."""
    return number_of(last_event) or number_of(parse_qs(query).get("apres", [""])[0])
