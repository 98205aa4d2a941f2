"""Voices counted: one coalesced Entry a vote and minute while it is open and shown; one at closing, one for good."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from civics.disclosure.counts import LEAST
from civics.soundings.counts import consent_outcome
from civics.soundings.groups import Heap, together
from civics.soundings.words import count_words
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.live.models import Topic
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.soundings import locks
from democratic.participation.meetings.soundings.events import SOUNDING_COUNTED
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.states import SoundingState
from democratic.thread.actions import append_entry, bump_pages_of, set_state
from democratic.thread.models import Visibility

BY_HAND = "hand:"  # before hands or papers: lines of their own

# Who voted twice, as a guest then under her account, voted once: what she said in the meeting, as she said it last.
_ONE_EACH = """
select distinct on (coalesce(p.root_id, p.id, v.id)) v.id, v.seat, v.given
from participation_soundingvoice v left join people_person p on p.id = v.person_id
where v.sounding_id = %(sounding)s
order by coalesce(p.root_id, p.id, v.id), (v.seat = 'later'), v.given_at desc, v.id desc
"""
_COUNT = f"select seat, given, count(*) from ({_ONE_EACH}) one group by 1, 2"  # noqa: S608 -- constants of ours
_SETTLE = f"""
delete from participation_soundingvoice where sounding_id = %(sounding)s
and id not in (select id from ({_ONE_EACH}) one)
"""  # noqa: S608 -- as above


def count_soundings(now: datetime) -> int:
    """Count what is open, shown and was not counted in this minute; and for good what is over. How many Entries."""
    minute = now.replace(second=0, microsecond=0)
    opened = Sounding.objects.filter(opened_at__lte=now, is_final=False, record__visibility=Visibility.PUBLIC)
    is_stale = Q(counted_at=None) | Q(counted_at__lt=minute)
    due = opened.filter(Q(later_until__lte=now) | is_stale & Q(closed_at=None, is_hidden=False))
    found = list(due.order_by("pk").values_list("pk", "closed_at"))
    return sum(_count(pk, now, minute) if closed is None else _finish(pk, now) for pk, closed in found)


@transaction.atomic
def _count(sounding_id: UUID, now: datetime, minute: datetime) -> int:
    """Who counts at the same moment counts another one: two would publish the same minute twice."""
    ours = Sounding.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    sounding = ours.select_related("record__authority").filter(pk=sounding_id, closed_at=None).first()
    if sounding is None or (sounding.counted_at is not None and sounding.counted_at >= minute):
        return 0
    return publish_count(sounding, now=now)


@transaction.atomic
def _finish(sounding_id: UUID, now: datetime) -> int:
    """Whoever voted later in time is in: voices share the lock that we hold, and read the clock under it."""
    locks.hold_alone(sounding_id)
    sounding = Sounding.objects.select_related("record__authority").get(pk=sounding_id)
    if sounding.is_final or sounding.later_until is None or now < sounding.later_until:
        return 0
    return finish(sounding, now=now)


def finish(sounding: Sounding, *, now: datetime) -> int:
    """Under its lock: nothing moves any more, but what is counted by hand and verified after."""
    Sounding.objects.filter(pk=sounding.pk).update(is_final=True)
    sounding.is_final = True
    set_state(sounding.record, SoundingState.FINAL)
    settle(sounding.pk)
    return publish_count(sounding, now=now)


def settle(sounding_id: UUID) -> None:
    """Rows are then one a person, so that anyone who counts them finds what was told."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, {"sounding": sounding_id})


def publish_count(sounding: Sounding, *, now: datetime) -> int:
    """Its Entry, and the same kept beside it for its pages. While it is open, never for fewer than five more people."""
    said = totals_of(sounding)
    told = sounding.counted.get("total", 0)
    if sounding.closed_at is None and abs(said["total"] - told) < LEAST:
        Sounding.objects.filter(pk=sounding.pk).update(counted_at=now)
        return 0
    Sounding.objects.filter(pk=sounding.pk).update(counted=said, counted_at=now)
    sounding.counted = said
    data = {name: value for name, value in said.items() if name != "words"}
    append_entry(SOUNDING_COUNTED, record=sounding.record, now=now, data=data, words={"words": said["words"]})
    touch(sounding.meeting_id, Topic.SOUNDING)
    bump_pages_of(sounding.record)
    return 1


def totals_of(sounding: Sounding) -> dict[str, Any]:
    """What may be published, counted now from its rows.

    {kind, total, is_final, groups: [{sources, people, counts: {said: n}}], words: {shown: [[word, n]], others: n},
    outcome, hands: [{by, total, at}]}. ``groups`` is empty as long as fewer than five people voted, and no group holds
    fewer; ``sources`` are seats, « hand: » before what was counted by hand. ``said`` is a rank; of a ranking, ranks from
    the preferred one down, « 2>1>3 »; words are told of all together alone, from three people on.
    """
    cast, kind = _cast(sounding.pk), SoundingKind(sounding.kind)
    if sounding.closed_at is not None and not sounding.is_final:
        cast = [each for each in cast if each.seat != Seat.LATER]  # told once, when the window shuts
    hands = list(sounding.counts.exclude(verified_at=None).order_by("verified_at", "pk"))
    heaps = _heaps(cast, kind)
    for each in hands:
        heap = heaps.get(f"{BY_HAND}{each.by}", Heap(0, {}))
        heaps[f"{BY_HAND}{each.by}"] = Heap(
            heap.people + each.total, Counter(heap.counts) + Counter(each.counts)
        )
    groups = together(heaps)
    voices = [each.given for each in cast for _one in range(each.n)] if kind == SoundingKind.WORDS else []
    told = count_words(voices)
    everything = Counter[str]()
    for heap in heaps.values():
        everything.update(heap.counts)
    return {
        "kind": kind.value,
        "total": sum(heap.people for heap in heaps.values()),
        "is_final": sounding.is_final,
        "groups": [
            {"sources": list(each.sources), "people": each.people, "counts": each.counts} for each in groups
        ],
        "words": {"shown": [list(each) for each in told.words], "others": told.others},
        "outcome": _outcome(everything, kind),
        "hands": [{"by": each.by, "total": each.total, "at": _said(each.verified_at)} for each in hands],
    }


class _Cast(NamedTuple):
    """How many people of one seat said the same."""

    seat: str
    given: list[Any]
    n: int


def _cast(sounding_id: UUID) -> list[_Cast]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"sounding": sounding_id})
        return [_Cast(seat, json.loads(given), n) for seat, given, n in cursor.fetchall()]


def _heaps(cast: Sequence[_Cast], kind: SoundingKind) -> dict[str, Heap]:
    people: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for each in cast:
        people[each.seat] += each.n
        for said in _said_by(each.given, kind):
            counts[each.seat][said] += each.n
    return {seat: Heap(n, counts[seat]) for seat, n in people.items()}


def _said_by(given: Sequence[Any], kind: SoundingKind) -> list[str]:
    if kind == SoundingKind.WORDS:
        return []
    if kind == SoundingKind.RANKING:
        return [">".join(map(str, given))]
    return [str(rank) for rank in given]


def _outcome(counts: Mapping[str, int], kind: SoundingKind) -> str:
    if kind != SoundingKind.CONSENT:
        return ""
    return consent_outcome(counts.get("1", 0), counts.get("3", 0)).value


def _said(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
