"""Versions of scopes, read from the database for every request, many at a time.

While one query is under way the next batch gathers: each request is answered by a query that began after
it arrived, so that nothing stale is shown, and a thousand requests a second cost a few hundred queries.
"""

import asyncio
from uuid import UUID

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

from democratic.kernel.pages import EVERYTHING

_READ = """
select s.scope, coalesce(v.version, 1) + coalesce(e.version, 0), (clock_timestamp() at time zone %s)::date
from unnest(%s::uuid[]) as s(scope) left join kernel_pageversion v on v.scope = s.scope
left join kernel_pageversion e on e.scope = %s
"""


class Versions:
    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection | None = None
        self._waiting: list[tuple[UUID, asyncio.Future[str]]] = []
        self._reader: asyncio.Task[None] | None = None

    async def read(self, scope: UUID) -> str:
        """The scope's "version:day" now. OSError or psycopg.Error when the database can't say."""
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append((scope, future))
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._answer_all())
        return await future

    async def _answer_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                marks = await self._query({scope for scope, _future in batch})
            except Exception as error:  # noqa: BLE001  whatever it is, those who wait are told
                self._connection = None
                for _scope, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for scope, future in batch:
                    if not future.done():
                        future.set_result(marks[scope])

    async def _query(self, scopes: set[UUID]) -> dict[UUID, str]:
        if self._connection is None or self._connection.closed:
            self._connection = await psycopg.AsyncConnection.connect(_address(), autocommit=True)
        cursor = await self._connection.execute(_READ, [settings.TIME_ZONE, list(scopes), EVERYTHING])
        return {scope: f"{version}:{day}" for scope, version, day in await cursor.fetchall()}


def _address() -> str:
    database = settings.DATABASES["default"]
    named = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
        "connect_timeout": 5,
    }
    return make_conninfo("", **{name: str(value) for name, value in named.items() if value != ""})
