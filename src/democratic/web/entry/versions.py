"""Versions of scopes, read from the database for every request, many at a time.

While one query is under way the next batch gathers: each request is answered by a query that began after
it arrived, so that nothing stale is shown, and a thousand requests a second cost a few hundred queries.
"""

import asyncio
from collections.abc import Collection
from uuid import UUID

from democratic.kernel.pages import EVERY_PAGE
from democratic.web.entry.database import Database

_READ = """
select s.scope, coalesce((select sum(v.version) from kernel_pageversion v where v.scope in (s.scope, %s)), 0)::bigint,
  floor(extract(epoch from clock_timestamp()) / 900)::bigint
from unnest(%s::uuid[]) as s(scope)
"""


class Versions:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[UUID, asyncio.Future[str]]] = []
        self._reader: asyncio.Task[None] | None = None

    async def read(self, scope: UUID) -> str:
        """The scope's "version:quarter" now. OSError or psycopg.Error when the database can't say."""
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append((scope, future))
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._answer_all())
        return await future

    async def read_each(self, scopes: Collection[UUID]) -> dict[UUID, str]:
        """Those of several scopes, in one query of their own; the same errors."""
        rows = await self._database.rows(_READ, [EVERY_PAGE, list(scopes)]) if scopes else []
        return {scope: f"{version}:{quarter}" for scope, version, quarter in rows}

    async def _answer_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                marks = await self.read_each({scope for scope, _future in batch})
            except Exception as error:  # noqa: BLE001  whatever it is, those who wait are told
                for _scope, future in batch:
                    if not future.done():
                        future.set_exception(error)
            else:
                for scope, future in batch:
                    if not future.done():
                        future.set_result(marks[scope])
