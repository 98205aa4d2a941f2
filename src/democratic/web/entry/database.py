"""The event loop's own way to the database: one connection a process, which no page's thread waits for."""

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo


class Database:
    def __init__(self) -> None:
        self._connection: psycopg.AsyncConnection | None = None
        self._connecting = asyncio.Lock()

    async def rows(self, question: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """OSError or psycopg.Error when the database can't say; the next question tries a new connection."""
        connection = await self._connected()
        try:
            cursor = await connection.execute(question, values)
            return await cursor.fetchall()
        except Exception:
            self._connection = None
            raise

    async def _connected(self) -> psycopg.AsyncConnection:
        async with self._connecting:
            if self._connection is None or self._connection.closed:
                self._connection = await psycopg.AsyncConnection.connect(address(), autocommit=True)
            return self._connection


def address() -> str:
    database: dict[str, Any] = settings.DATABASES["default"]
    named = {
        "dbname": database["NAME"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "host": database["HOST"],
        "port": database["PORT"],
        "connect_timeout": 5,
        **{name: value for name, value in database["OPTIONS"].items() if name.startswith("ssl")},
    }
    return make_conninfo("", **{name: str(value) for name, value in named.items() if value != ""})
