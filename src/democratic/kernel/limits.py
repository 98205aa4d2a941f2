"""Rate limits, counted in PostgreSQL so that all workers share them."""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from democratic.kernel.data_classes import RATE
from democratic.kernel.refusals import TooMany

_COUNT = """
insert into kernel_ratecount (bucket, window_start, count) values %s
on conflict (bucket, window_start) do update set count = kernel_ratecount.count + 1
returning bucket, count
"""
# Columns, not rows: a statement of two thousand values costs more to read than to do.
_COUNT_MANY = """
insert into kernel_ratecount (bucket, window_start, count)
select bucket, to_timestamp(floor(extract(epoch from clock_timestamp()) / seconds) * seconds), times
from unnest(%s::text[], %s::int[], %s::int[]) with ordinality as each(bucket, seconds, times, n) order by n
on conflict (bucket, window_start) do update set count = kernel_ratecount.count + excluded.count
returning bucket, count
"""
_WINDOW = "(%s, to_timestamp(floor(extract(epoch from clock_timestamp()) / %s) * %s), 1)"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``times`` within ``seconds``, for each subject."""

    name: str
    times: int
    seconds: int


def keyed_hash(*parts: str) -> str:
    """A subject (address, network, person) that can be compared but not read back."""
    message = "\x1f".join(parts).encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


def _bucket(name: str, subject: str) -> str:
    return f"{name}:{keyed_hash(name, subject)[:48]}"


def spend(limit: Limit, subject: str) -> None:
    """Count one use, or raise TooMany. Call it outside the action's transaction: a refused act counts."""
    spend_each((limit, subject))


def spend_each(*uses: tuple[Limit, str]) -> None:
    """Several at once, in one statement: each is counted, and one that is past its bound refuses all."""
    buckets = {_bucket(limit.name, subject): limit for limit, subject in uses}
    values = [value for name, limit in buckets.items() for value in (name, limit.seconds, limit.seconds)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT % ", ".join([_WINDOW] * len(buckets)), values)
        used = dict(cursor.fetchall())
    if any(used[name] > limit.times * settings.LIMITS_FACTOR for name, limit in buckets.items()):
        raise TooMany(_("Trop d’essais en peu de temps. Réessayez dans quelques minutes."))


def spend_for_many(*uses: tuple[Limit, Mapping[str, int]]) -> set[tuple[Limit, str]]:
    """So many uses of each subject, of each limit, in one statement; those that are past their bound."""
    # In one order for all: two processes that count the same subjects never wait for each other in a ring.
    buckets = sorted(
        (_bucket(limit.name, subject), limit.seconds, times, limit.times, (limit, subject))
        for limit, each in uses
        for subject, times in each.items()
    )
    if not buckets:
        return set()
    names, seconds, times = ([bucket[column] for bucket in buckets] for column in range(3))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_MANY, [names, seconds, times])
        used = dict(cursor.fetchall())
    return {
        whose for name, _seconds, _times, most, whose in buckets if used[name] > most * settings.LIMITS_FACTOR
    }


def forget_subjects(subjects: Collection[str]) -> int:
    """What was counted of these persons and addresses, under every limit that is being counted."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct split_part(bucket, ':', 1) from kernel_ratecount")
        names = [name for (name,) in cursor.fetchall()]
        buckets = [_bucket(name, subject) for name in names for subject in subjects]
        cursor.execute("delete from kernel_ratecount where bucket = any(%s)", [buckets])
        return cursor.rowcount


def forget_old_counts() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "delete from kernel_ratecount where window_start < now() - %s * interval '1 day'",
            [RATE.term.length],
        )
        return cursor.rowcount
