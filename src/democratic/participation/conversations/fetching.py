"""Fetching what a provider holds for us: by the worker, outside of any transaction, never lost and kept once.

Each is claimed by moving its next try away: a worker that is killed leaves it to be asked again, and bytes that were
kept meanwhile are shown by nothing, so that they are erased within the hour (``kernel/files/keeping.py``).
"""

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from civics.reach.rendering import Say
from democratic.kernel.clock import Clock
from democratic.kernel.files import (
    MAX_BYTES,
    FileKind,
    hold_file,
    kind_of,
    seconds_of_voice,
    store_file,
    store_voice,
)
from democratic.kernel.models import StoredFile
from democratic.kernel.refusals import Refusal
from democratic.messaging.accounts import AccountsUnreadable, account_of
from democratic.messaging.models import ChannelUse, Correspondent
from democratic.messaging.ports import Fetched, Later, Refused, TooLarge, Undeliverable, channel_of
from democratic.messaging.telling import Errand, tell
from democratic.participation.conversations import media_wording
from democratic.participation.conversations.models import FlowFile
from democratic.participation.conversations.models.files import WITH_SENDER
from democratic.participation.conversations.speaking import longest_voice

logger = logging.getLogger(__name__)
State = FlowFile.State
LEASE = timedelta(minutes=2)  # longer than any fetch
PATIENCE = timedelta(days=3)  # then she is told that it did not come
LONGEST_PAUSE = 3600.0  # seconds
SPARED = 5  # seconds beyond the limit: nobody is sent back for the time of a breath
MOST_BYTES = MAX_BYTES
_NOT_NOW = (429, 503)  # of a refusal: we are busy, or the store does not answer, and the file is not to blame


def fetch_what_is_awaited(clock: Clock, *, seconds: float = 20.0) -> int:
    """One after the other, for so many seconds. How many were asked for."""
    until, asked = time.monotonic() + seconds, 0
    while time.monotonic() < until and (row := _claim(clock)) is not None:
        with override(row.sent.language):
            _fetch(row, clock)
        asked += 1
    return asked


@transaction.atomic
def _claim(clock: Clock) -> FlowFile | None:
    now = clock.now()
    due = FlowFile.objects.filter(state=State.AWAITED, not_before__lte=now).order_by("not_before", "pk")
    row = due.select_for_update(of=("self",), skip_locked=True).select_related(*WITH_SENDER).first()
    if row is None:
        return None
    row.tries, row.not_before = row.tries + 1, now + LEASE
    row.save(update_fields=["tries", "not_before"])
    return row


def _fetch(row: FlowFile, clock: Clock) -> None:
    try:
        content = _content_of(row)
        stored = stored_as(row.medium, content, clock, _limits_of(row))
    except TooLarge:
        _refuse(row, too_large(row.medium, tu=row.sent.uses_tu), clock)
    except Refused as refusal:
        logger.warning("a %s is not to be had: %s", row.medium, refusal.reason)
        _refuse(row, media_wording.not_received(row.medium, tu=row.sent.uses_tu), clock)
    except Refusal as refusal:
        if refusal.status in _NOT_NOW:
            _put_off(row, 60, clock)
        else:
            _refuse(row, str(refusal.message), clock)
    except Undeliverable as wait:
        _put_off(row, getattr(wait, "after", 0), clock, alone=getattr(wait, "is_alone", False))
    except AccountsUnreadable:
        _put_off(row, 60, clock)
    except Exception:  # a fault of the connector's own: the others are fetched all the same
        logger.exception("the connector of %s failed", row.sent.kind)
        _put_off(row, 60, clock)
    else:
        _keep(row, stored)


def _content_of(row: FlowFile) -> bytes:
    her, kind = row.sent.by, row.sent.kind
    if her is None:
        raise Refused("nobody's any more")
    if not ChannelUse.objects.filter(authority=her.authority_id, kind=kind, is_open=True).exists():
        raise Later("this channel is closed", after=LONGEST_PAUSE)
    channel: Fetched = channel_of(kind)  # type: ignore[assignment]  # what declares media is Fetched, or pulled
    return channel.fetch(account_of(her.authority.slug, kind), row.ref, MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Limits:
    """Of the step that asks: how many minutes a voice may last, when it says so, and how one is spoken to."""

    minutes: int | None
    tu: bool


def _limits_of(row: FlowFile) -> Limits:
    """Of what came along with a letter, that of its weight alone."""
    answer = row.answer
    minutes = longest_voice(answer.run.revision_id, answer.step) if answer is not None else None
    return Limits(minutes, row.sent.uses_tu)


def stored_as(medium: str, content: bytes, clock: Clock, limits: Limits) -> StoredFile:
    """Made safe and kept, to be held within the hour. Refusal: what is wrong with it, and what to do."""
    if len(content) > MOST_BYTES:
        raise Refusal(too_large(medium, tu=limits.tu), field="file")
    if medium == FlowFile.Medium.VOICE:
        if limits.minutes and (seconds_of_voice(content) or 0) > limits.minutes * 60 + SPARED:
            raise Refusal(media_wording.too_long(limits.minutes, tu=limits.tu), field="file")
        return store_voice(content, clock=clock)
    if kind_of(content) == FileKind.PDF:
        raise Refusal(_("Une photo, et non un document."), field="file")
    return store_file([content], clock=clock)


def too_large(medium: str, *, tu: bool) -> str:
    return media_wording.too_large(medium, MOST_BYTES // (1024 * 1024), tu=tu)


def _keep(row: FlowFile, stored: StoredFile) -> None:
    """Unless she left meanwhile: what was stored is then shown by nothing, and goes."""
    with transaction.atomic():
        awaited = (
            FlowFile.objects.select_for_update().filter(pk=row.pk, state=State.AWAITED, ref=row.ref).first()
        )
        if awaited is None:
            return
        hold_file(stored)
        awaited.state, awaited.ref, awaited.file = State.KEPT, "", stored
        awaited.save(update_fields=["state", "ref", "file"])


@transaction.atomic
def _refuse(row: FlowFile, words: str, clock: Clock) -> None:
    """She is told what to do; all else that she answered stays, and the conversation goes on."""
    waited = FlowFile.objects.filter(pk=row.pk, state=State.AWAITED, ref=row.ref)
    if not waited.update(state=State.REFUSED, ref=""):
        return
    her = row.sent.by
    if her is not None:
        if row.letter_id is not None:
            told = media_wording.letter_goes_on(words)
        else:
            told = media_wording.others_are_kept(words, tu=row.sent.uses_tu)
        tell(her, [Say(told)], Errand(f"file:{row.pk.hex}:{row.tries}"), now=clock.now())


def _put_off(row: FlowFile, after: float, clock: Clock, *, alone: bool = True) -> None:
    """Later and later, for three days. A provider that asks to wait is asked for nothing else meanwhile."""
    now = clock.now()
    if now - row.sent_at > PATIENCE:
        _refuse(row, media_wording.not_received(row.medium, tu=row.sent.uses_tu), clock)
        return
    until = now + timedelta(seconds=max(after, min(float(2**row.tries), LONGEST_PAUSE)))
    waiting = FlowFile.objects.filter(state=State.AWAITED)
    waiting.filter(pk=row.pk).update(not_before=until)
    if after and not alone:
        _wait_for_all(row, until)


def _wait_for_all(row: FlowFile, until: datetime) -> None:
    if (her := row.sent.by) is not None:
        theirs = Correspondent.objects.filter(authority=her.authority_id, kind=her.kind)
        same = Q(answer__run__correspondent__in=theirs) | Q(letter__conversation__correspondent__in=theirs)
        waiting = FlowFile.objects.filter(same, state=State.AWAITED, not_before__lt=until)
        waiting.update(not_before=until)
