"""What the whole installation is like now, read from the database when someone asks, for every process alike."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from democratic.kernel.clock import DATABASE_CLOCK, local_day
from democratic.kernel.outages import Part, outages
from democratic.messaging.models import OutgoingMessage
from democratic.participation.obligations.queries import count_owed
from democratic.participation.polls.drifts import count_drifting
from democratic.thread.journal.health import lags
from democratic.thread.queries.journal import journal_state
from democratic.web.kept import Kept

KEPT_SECONDS = 10  # whoever asks more often gets the same numbers
WAITING = ("todo", "doing", "failed")  # a job that is done leaves no row

_MESSAGES = "select state, count(*) from messaging_outgoingmessage group by state"
_OLDEST_MESSAGE = """
select coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float
from messaging_outgoingmessage where state = 'queued'
"""
_JOBS = "select status::text, count(*) from procrastinate_jobs group by status"
_WORKER = (
    "select extract(epoch from clock_timestamp() - max(last_heartbeat))::float from procrastinate_workers"
)
_DATABASE = """
select pg_database_size(current_database()),
  (select count(*) from pg_stat_activity where datname = current_database()),
  current_setting('max_connections')::int
"""


@dataclass
class Reading:
    """``by`` is the label's name and ``values`` one number for each of its values; a bare number has no label."""

    name: str
    says: str
    values: dict[str, float] = field(default_factory=dict)
    by: str = ""

    def family(self) -> Metric:
        made = GaugeMetricFamily(self.name, self.says, labels=[self.by] if self.by else [])
        for label, value in self.values.items():
            made.add_metric([label] if self.by else [], value)
        return made


def _one(name: str, says: str, value: float | None) -> Reading:
    """Nothing at all when it is not known: an alert tells that from nought."""
    return Reading(name, says, {} if value is None else {"": value})


class Installation(Collector):
    def collect(self) -> Iterator[Metric]:
        for reading in [*_disk(), *FROM_DATABASE.of()]:
            yield reading.family()


def _read_database(_name: str) -> list[Reading]:
    try:
        found = [*_journal(), *_messages(), *_jobs(), *_owed(), *_questions(), *_database(), *_outages()]
    except DatabaseError:
        return [_one("democratic_database_up", "1 when the database answers.", 0)]
    return [_one("democratic_database_up", "1 when the database answers.", 1), *found]


FROM_DATABASE: Kept[list[Reading]] = Kept(_read_database, seconds=KEPT_SECONDS)


def _journal() -> Iterator[Reading]:
    found, state, now = lags(), journal_state(), DATABASE_CLOCK.now()
    age = (now - state.signed_at).total_seconds() if state.signed_at else None
    yield _one("democratic_journal_entries", "Entries that have a position.", found["size"])
    yield _one("democratic_journal_pending", "Entries that wait for a position.", found["pending"])
    yield _one(
        "democratic_journal_pending_age_seconds", "Age of the oldest that waits.", found["oldest_pending_age"]
    )
    yield _one(
        "democratic_sequencer_beat_age_seconds", "Since the sequencer's last sign of life.", found["beat_age"]
    )
    yield _one("democratic_journal_head_age_seconds", "Since the last head was signed.", age)
    yield Reading(
        "democratic_projection_lag", "Entries not read yet.", _floats(found["projections"]), "projection"
    )
    yield Reading("democratic_parked_entries", "Entries put aside.", _floats(found["parked"]), "projection")


def _messages() -> Iterator[Reading]:
    states = dict.fromkeys(OutgoingMessage.State.values, 0.0) | dict(_rows(_MESSAGES))
    yield Reading("democratic_messages", "Outgoing messages of the last ninety days.", states, "state")
    (oldest,) = _rows(_OLDEST_MESSAGE)[0]
    yield _one("democratic_message_wait_seconds", "Age of the oldest message that waits to leave.", oldest)


def _jobs() -> Iterator[Reading]:
    states = dict.fromkeys(WAITING, 0.0) | dict(_rows(_JOBS))
    yield Reading("democratic_jobs", "Jobs of the worker; one that is done leaves no row.", states, "state")
    (age,) = _rows(_WORKER)[0]
    yield _one("democratic_worker_beat_age_seconds", "Since a worker's last sign of life.", age)


def _owed() -> Iterator[Reading]:
    still_open, late = count_owed(local_day(DATABASE_CLOCK.now(), settings.TIME_ZONE))
    yield _one(
        "democratic_obligations_open", "Answers, commitments, actions and reports still owed.", still_open
    )
    yield _one("democratic_obligations_late", "Those whose first promised day is past.", late)


def _questions() -> Iterator[Reading]:
    says = "Questions whose published totals are not what was answered, as the last night found."
    yield _one("democratic_polls_drifting", says, count_drifting())


def _database() -> Iterator[Reading]:
    size, connections, most = _rows(_DATABASE)[0]
    yield _one("democratic_database_bytes", "What the database weighs.", size)
    yield _one("democratic_database_connections", "Connections to this database.", connections)
    yield _one("democratic_database_connections_max", "Connections that the server takes.", most)


def _outages() -> Iterator[Reading]:
    down = outages()
    values = {part.value: float(part.value in down) for part in Part}
    yield Reading("democratic_part_down", "1 when a part that people do without is down.", values, "part")


def _disk() -> Iterator[Reading]:
    usage = shutil.disk_usage(Path(settings.VAR))
    yield _one("democratic_disk_free_bytes", "Free where this installation lives.", usage.free)
    yield _one("democratic_disk_bytes", "Size of that disk.", usage.total)


def _rows(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()


def _floats(counts: dict[str, int]) -> dict[str, float]:
    return {name: float(count) for name, count in counts.items()}
