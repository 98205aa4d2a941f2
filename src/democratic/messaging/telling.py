"""Queueing what is said to a correspondent: an answer at once, what we say first in daytime and a few times a week."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from civics.reach.quiet import QuietHours
from civics.reach.rendering import Parcel, Say, joined, parcels_of
from democratic.messaging.actions import STOP_NOTED
from democratic.messaging.models import ChannelUse, Correspondent, OutgoingMessage
from democratic.messaging.ports import Template, capabilities, channel_of
from democratic.messaging.stopping import not_to_be_written_first, why_stopped

WEEK = timedelta(days=7)
State = OutgoingMessage.State


@dataclass(frozen=True, slots=True)
class Errand:
    """What caused it. ``purpose`` and ``entry_id`` make each message one of a kind; ``is_first``: nobody asked now.

    ``template``: the same words, as the provider approved them: they leave beyond its window.
    """

    purpose: str
    entry_id: UUID | None = None
    is_first: bool = False
    template: Template | None = None


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
    """The same to many, in as many questions to the database; each in her language, within her channel's hours.

    Who is not to be written to first, by whatever door STOP came, has a row that says so: it is asked once.
    """
    uses = _open_uses(correspondents)
    told = [each for each in correspondents if _may_be_told(each, errand) and _key(each) in uses]
    told = _once_each(told) if errand.is_first else told
    stopped = not_to_be_written_first(told, now=now) if errand.is_first else set()
    refused = [_refused(each, errand) for each in told if each.pk in stopped]
    told = [each for each in told if each.pk not in stopped]
    firsts = _firsts(told, now) if errand.is_first else {}
    written = {language: write(language) for language in {each.language for each in told}}
    rows = []
    for each in told:
        use = uses[_key(each)]
        state = _state(each, use, errand, now)
        not_before = _moment(each, use, firsts.get(_whose(each), []), now) if errand.is_first else None
        can, says = capabilities(use), written[each.language]
        parcels = [part for say in (joined(says) if can.joins else says) for part in parcels_of(say, can)]
        rows += [_row(each, part, errand, rank, not_before, state) for rank, part in enumerate(parcels)]
    OutgoingMessage.objects.bulk_create([*rows, *refused], ignore_conflicts=True, batch_size=1000)
    return rows


def _key(correspondent: Correspondent) -> tuple[UUID, str]:
    return correspondent.authority_id, correspondent.kind


def _open_uses(correspondents: Sequence[Correspondent]) -> dict[tuple[UUID, str], ChannelUse]:
    authorities = {each.authority_id for each in correspondents}
    rows = ChannelUse.objects.filter(authority__in=authorities, is_open=True)
    return {(use.authority_id, use.kind): use for use in rows}


def _whose(correspondent: Correspondent) -> tuple[UUID, str]:
    return correspondent.authority_id, correspondent.mailbox_print or correspondent.pk.hex


def _once_each(told: Sequence[Correspondent]) -> list[Correspondent]:
    """What we say first goes to one of her exchanges, the oldest: she reads it once."""
    firsts = {_whose(each): each for each in sorted(told, key=lambda each: each.pk, reverse=True)}
    return [each for each in told if firsts[_whose(each)].pk == each.pk]


def _firsts(told: Sequence[Correspondent], now: datetime) -> dict[tuple[UUID, str], list[datetime]]:
    """When we wrote first to each of them lately, or are to, in whichever of her exchanges."""
    mailboxes = [each.mailbox_print for each in told if each.mailbox_print]
    theirs = Q(correspondent__in=[each.pk for each in told]) | Q(correspondent__mailbox_print__in=mailboxes)
    rows = OutgoingMessage.objects.filter(theirs, is_first=True, created_at__gt=now - 4 * WEEK)
    times: dict[tuple[UUID, str], list[datetime]] = defaultdict(list)
    for row in rows.select_related("correspondent").only(
        "not_before",
        "created_at",
        "correspondent__authority",
        "correspondent__mailbox_print",
    ):
        if row.correspondent is not None:
            times[_whose(row.correspondent)].append(row.not_before or row.created_at)
    return times


def _may_be_told(correspondent: Correspondent, errand: Errand) -> bool:
    if correspondent.gone_at is not None:
        return False
    return correspondent.stopped_at is None or errand.purpose.startswith(STOP_NOTED)


def _refused(correspondent: Correspondent, errand: Errand) -> OutgoingMessage:
    row = _row(correspondent, Parcel(""), errand, 0, None, State.STOPPED)
    row.reason = why_stopped()
    return row


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
        template=asdict(errand.template) if errand.template else None,
        is_first=errand.is_first,
        not_before=not_before,
        state=state,
    )


def _state(correspondent: Correspondent, use: ChannelUse, errand: Errand, now: datetime) -> str:
    """Her own screen comes for what is pulled; beyond its window, a channel carries nothing until she writes."""
    if channel_of(use.kind).is_pulled:
        return State.SENT
    window = capabilities(use).window_hours
    if window is None or (errand.template is not None and capabilities(use).has_templates):
        return State.QUEUED
    heard = correspondent.heard_at
    return State.WINDOW if heard is None or now - heard > timedelta(hours=window) else State.QUEUED


def _moment(correspondent: Correspondent, use: ChannelUse, firsts: list[datetime], now: datetime) -> datetime:
    """From when we may write first: once a place of the week is free, and not at night. It waits; it is never dropped."""
    due = sorted(firsts)
    moment = max(now, due[-use.weekly_cap] + WEEK) if len(due) >= use.weekly_cap else now
    return daytime(use, moment, correspondent.authority.time_zone)


def daytime(use: ChannelUse, moment: datetime, zone: str) -> datetime:
    """``moment`` itself when one may then write first by this channel, else the next one."""
    return QuietHours(use.quiet_from, use.quiet_until).next_moment(moment.astimezone(ZoneInfo(zone)))
