"""Queueing what is said to a correspondent: an answer at once, what we say first in daytime and a few times a week."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from civics.reach.quiet import QuietHours
from civics.reach.rendering import Parcel, Say, parcels_of
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import capabilities, channel_of

WEEK = timedelta(days=7)
State = OutgoingMessage.State


@dataclass(frozen=True, slots=True)
class Errand:
    """What caused it. ``purpose`` and ``entry_id`` make each message one of a kind; ``is_first``: nobody asked now."""

    purpose: str
    entry_id: UUID | None = None
    is_first: bool = False


Write = Callable[[str], Sequence[Say]]
"""What is said, in a language."""


def tell(
    correspondent: Correspondent, says: Sequence[Say], errand: Errand, *, now: datetime
) -> list[OutgoingMessage]:
    """Rows to send, none when she said STOP, when her address is gone or the channel is closed: told twice, there once."""
    return tell_all([correspondent], lambda _language: says, errand, now=now)


def tell_all(
    correspondents: Sequence[Correspondent], write: Write, errand: Errand, *, now: datetime
) -> list[OutgoingMessage]:
    """The same to many, in as many questions to the database; each in her language, within her channel's hours."""
    uses = _open_uses(correspondents)
    told = [each for each in correspondents if _may_be_told(each, errand) and _key(each) in uses]
    firsts = _firsts(told, now) if errand.is_first else {}
    written = {language: write(language) for language in {each.language for each in told}}
    rows = []
    for each in told:
        use = uses[_key(each)]
        state = _state(each, use, now)
        not_before = _moment(each, use, firsts.get(each.pk, []), now) if errand.is_first else None
        parcels = [part for say in written[each.language] for part in parcels_of(say, capabilities(use))]
        rows += [_row(each, part, errand, rank, not_before, state) for rank, part in enumerate(parcels)]
    return OutgoingMessage.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def _key(correspondent: Correspondent) -> tuple[UUID, str]:
    return correspondent.authority_id, correspondent.kind


def _open_uses(correspondents: Sequence[Correspondent]) -> dict[tuple[UUID, str], ChannelUse]:
    authorities = {each.authority_id for each in correspondents}
    rows = ChannelUse.objects.filter(authority__in=authorities, is_open=True)
    return {(use.authority_id, use.kind): use for use in rows}


def _firsts(told: Sequence[Correspondent], now: datetime) -> dict[UUID, list[datetime]]:
    """When we wrote first to each of them lately, or are to."""
    rows = OutgoingMessage.objects.filter(
        correspondent__in=[each.pk for each in told], is_first=True, created_at__gt=now - 4 * WEEK
    ).values_list("correspondent", "not_before", "created_at")
    times: dict[UUID, list[datetime]] = defaultdict(list)
    for pk, at, made in rows:
        times[pk].append(at or made)
    return times


def _may_be_told(correspondent: Correspondent, errand: Errand) -> bool:
    if correspondent.gone_at is not None:
        return False
    return correspondent.stopped_at is None or errand.purpose == STOP_NOTED


def _row(
    correspondent: Correspondent,
    parcel: Parcel,
    errand: Errand,
    rank: int,
    not_before: datetime | None,
    state: str,
) -> OutgoingMessage:
    return OutgoingMessage(
        entry_id=errand.entry_id,
        authority_id=correspondent.authority_id,
        correspondent=correspondent,
        purpose=f"{errand.purpose}:{rank}" if rank else errand.purpose,
        subject="",
        body=parcel.text,
        buttons=[[each.key, each.label] for each in parcel.buttons],
        is_first=errand.is_first,
        not_before=not_before,
        state=state,
    )


def _state(correspondent: Correspondent, use: ChannelUse, now: datetime) -> str:
    """Her own screen comes for what is pulled; beyond its window, a channel carries nothing until she writes."""
    if channel_of(use.kind).is_pulled:
        return State.SENT
    window = capabilities(use).window_hours
    is_shut = window is not None and now - correspondent.heard_at > timedelta(hours=window)
    return State.WINDOW if is_shut and not capabilities(use).has_templates else State.QUEUED


def _moment(correspondent: Correspondent, use: ChannelUse, firsts: list[datetime], now: datetime) -> datetime:
    """From when we may write first: once a place of the week is free, and not at night. It waits; it is never dropped."""
    due = sorted(firsts)
    moment = max(now, due[-use.weekly_cap] + WEEK) if len(due) >= use.weekly_cap else now
    here = moment.astimezone(ZoneInfo(correspondent.authority.time_zone))
    return QuietHours(use.quiet_from, use.quiet_until).next_moment(here)
