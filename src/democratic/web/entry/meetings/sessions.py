"""Whether a browser's session still opens an account: asked of the database for many at once."""

import asyncio

from democratic.people.queries import still_signed_in
from democratic.web.entry.database import Database


class Sessions:
    """While one question is under way the next batch gathers, as for versions of pages."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, list[asyncio.Future[bool]]] = {}
        self._reader: asyncio.Task[None] | None = None

    async def is_living(self, key: str) -> bool:
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(future)
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._answer_all())
        return await future

    async def _answer_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, {}
            try:
                question, values = still_signed_in(batch).query.sql_with_params()
                living = {key for (key,) in await self._database.rows(question, values)}
            except Exception as error:  # noqa: BLE001  whatever it is, those who wait are told
                for future in (each for waiting in batch.values() for each in waiting if not each.done()):
                    future.set_exception(error)
            else:
                for key, waiting in batch.items():
                    for future in waiting:
                        if not future.done():
                            future.set_result(key in living)
