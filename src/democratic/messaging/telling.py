"""Queueing what is said to a correspondent: an answer at once, what we say first in daytime and a few times a week."""

from collections.abc import Sequence
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


def tell(
    correspondent: Correspondent, says: Sequence[Say], errand: Errand, *, now: datetime
) -> list[OutgoingMessage]:
    """Rows to send, none when she said STOP, when her address is gone or the channel is closed: told twice, there once."""
    use = ChannelUse.objects.filter(authority=correspondent.authority_id, kind=correspondent.kind).first()
    if not _may_be_told(correspondent, errand) or use is None or not use.is_open:
        return []
    parcels = [parcel for say in says for parcel in parcels_of(say, capabilities(use))]
    not_before = _moment(correspondent, use, now) if errand.is_first else None
    state = _state(correspondent, use, now)
    rows = [
        _row(correspondent, parcel, errand, rank, not_before, state) for rank, parcel in enumerate(parcels)
    ]
    return OutgoingMessage.objects.bulk_create(rows, ignore_conflicts=True)


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


def _moment(correspondent: Correspondent, use: ChannelUse, now: datetime) -> datetime:
    """From when we may write first: once a place of the week is free, and not at night. It waits; it is never dropped."""
    times = correspondent.messages.filter(is_first=True, created_at__gt=now - 4 * WEEK)
    due = sorted(at or made for at, made in times.values_list("not_before", "created_at"))
    moment = max(now, due[-use.weekly_cap] + WEEK) if len(due) >= use.weekly_cap else now
    here = moment.astimezone(ZoneInfo(correspondent.authority.time_zone))
    return QuietHours(use.quiet_from, use.quiet_until).next_moment(here)
