"""Answers counted: one coalesced Entry a question and minute, however many people tapped; one more at closing."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Least

from civics.disclosure.counts import LEAST, from_least, publishable
from civics.disclosure.groups import grouped
from democratic.participation.polls import locks
from democratic.participation.polls.events import POLL_COUNTED
from democratic.participation.polls.models import Poll, PollTally, Shows
from democratic.participation.polls.states import PollState
from democratic.people.verifications import is_anyone_verified
from democratic.thread.actions import append_entry, bump_pages_of, set_state
from democratic.thread.models import Visibility

BY_HAND = "hand:"  # before the origin of what was counted by hand: a line of its own
VERIFIED, OTHERS = "verified", "others"  # the sides of a split; what was counted by hand is with the others

# Who answered twice, as a guest then under her account, answered once: the last time.
_ONE_EACH = """
select distinct on (coalesce(p.root_id, p.id, a.id)) a.id, a.origin, a.option_id, a.is_verified, c.id as account_id
from participation_pollanswer a
left join people_person p on p.id = a.person_id
left join people_account c on c.person_id = coalesce(p.root_id, p.id)
where a.poll_id = %(poll)s
order by coalesce(p.root_id, p.id, a.id), a.answered_at desc, a.id desc
"""
_COUNT = f"""
select one.origin, o.rank, one.is_verified, count(*), count(one.account_id) from ({_ONE_EACH}) one
join participation_polloption o on o.id = one.option_id group by 1, 2, 3
"""  # noqa: S608 -- constants of ours
_SETTLE = f"""
delete from participation_pollanswer where poll_id = %(poll)s and id not in (select id from ({_ONE_EACH}) one)
"""  # noqa: S608 -- as above


def count_polls(now: datetime) -> int:
    """Count what is open and was not counted in this minute, and close what is over; how many Entries that took."""
    minute = now.replace(second=0, microsecond=0)
    ends_at = Least(Coalesce("closes_at", "stage__closes_at"), "stage__closes_at")
    running = Poll.objects.filter(closed_at=None, opened_at__lte=now, record__visibility=Visibility.PUBLIC)
    due = running.annotate(over=ends_at).filter(
        Q(over__lte=now)
        | Q(shows=Shows.ANSWERED, stage__opens_at__lte=now) & (Q(counted_at=None) | Q(counted_at__lt=minute))
    )
    found = list(due.order_by("pk").values_list("pk", "over"))
    return sum(_close(pk, now) if over <= now else _count(pk, now, minute) for pk, over in found)


@transaction.atomic
def _count(poll_id: UUID, now: datetime, minute: datetime) -> int:
    """Who counts at the same moment counts another one: two would publish the same minute twice."""
    ours = Poll.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    poll = ours.select_related("record__authority").filter(pk=poll_id, closed_at=None).first()
    if poll is None or (poll.counted_at is not None and poll.counted_at >= minute):
        return 0
    return publish_count(poll, now=now, is_final=False)


@transaction.atomic
def _close(poll_id: UUID, now: datetime) -> int:
    """Whoever answered in time is in: we hold the lock that they share, and they read the clock under it."""
    locks.hold_alone(poll_id)
    poll = Poll.objects.select_related("stage", "record__authority").get(pk=poll_id)
    if poll.closed_at is not None or now < poll.ends_at:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"poll": poll_id})
    Poll.objects.filter(pk=poll_id).update(closed_at=now)
    set_state(poll.record, PollState.CLOSED)
    bump_pages_of(poll.record)
    return publish_count(poll, now=now, is_final=True)


def publish_count(poll: Poll, *, now: datetime, is_final: bool) -> int:
    """Its Entry, and the same kept beside the question for its pages. While one answers, never for fewer than five
    more people: from one minute to the next, nobody's answer can be told from the difference.
    """
    said = totals_of(poll.pk, is_final=is_final)
    told = poll.counted.get("total", 0)
    if not is_final and abs(said["total"] - told) < LEAST:
        Poll.objects.filter(pk=poll.pk).update(counted_at=now)
        return 0
    Poll.objects.filter(pk=poll.pk).update(counted=said, counted_at=now)
    append_entry(POLL_COUNTED, record=poll.record, now=now, data=said)
    return 1


def totals_of(poll_id: UUID, *, is_final: bool) -> dict[str, Any]:
    """What may be published of a question, counted now from its rows.

    {total, is_final, groups: [{sources, counts: {rank: n}}], with_account: n or None, verified: n or None, split:
    {verified: {rank: n}, others: {rank: n}}, batches: [{origin, batch, total, at}]}. ``groups`` is empty as long as
    fewer than five people answered; ``sources`` are origins, with ``hand:`` before those that were counted by hand.
    ``verified``: 0 says fewer than five, None not known. ``split`` is told at the closing alone, and only of five
    people on each side: a few who are known must not show through what they answered from one minute to the next.
    """
    cast = _cast(poll_id)
    tallies = PollTally.objects.filter(poll=poll_id, verified_at__isnull=False).order_by("verified_at", "pk")
    by_source: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_side: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in cast:
        by_source[each.origin][str(each.rank)] += each.n
        by_side[VERIFIED if each.is_verified else OTHERS][str(each.rank)] += each.n
    for tally in tallies:
        _add(by_source[f"{BY_HAND}{tally.origin}"], tally.counts)
        _add(by_side[OTHERS], tally.counts)
    signed, everyone = sum(each.with_account for each in cast), sum(each.n for each in cast)
    tells_apart = all(each.is_verified is not None for each in cast) and is_anyone_verified()
    return {
        "total": sum(sum(counts.values()) for counts in by_source.values()),
        "is_final": is_final,
        "groups": [{"sources": list(group.sources), "counts": group.counts} for group in grouped(by_source)],
        "with_account": publishable({"account": signed, "guest": everyone - signed}).get("account"),
        "verified": from_least(sum(by_side[VERIFIED].values())) if tells_apart else None,
        "split": _split(by_side) if tells_apart and is_final else {},
        "batches": [
            {"origin": each.origin, "batch": each.batch, "total": each.total, "at": _said(each.verified_at)}
            for each in tallies
        ],
    }


class _Cast(NamedTuple):
    """Answers of one origin, to one option, by people who were verified or were not."""

    origin: str
    rank: int
    is_verified: bool | None
    n: int
    with_account: int


def _cast(poll_id: UUID) -> list[_Cast]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"poll": poll_id})
        return [_Cast(*row) for row in cursor.fetchall()]


def _split(by_side: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Both sides, or nothing."""
    sides = grouped(by_side)
    return {side.sources[0]: side.counts for side in sides} if len(sides) == len((VERIFIED, OTHERS)) else {}


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for rank, n in more.items():
        counts[rank] += n


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
