"""What was written becomes public: first the essential, within a day, then the whole, to be read again."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.meetings.actions import report_meeting
from democratic.participation.meetings.events import CATCH_UP_TOLD
from democratic.participation.meetings.minutes.actions.starting import draft_of, locked_draft
from democratic.participation.meetings.minutes.events import MINUTES_APPROVED, MINUTES_PROPOSED
from democratic.participation.meetings.minutes.marks import mark_of
from democratic.participation.meetings.minutes.models import BlockKind, Minutes
from democratic.participation.meetings.minutes.queries import (
    amendment_counts,
    catch_up_of,
    latest_shown,
    present_by_seat,
)
from democratic.participation.meetings.minutes.rules import (
    is_contestable,
    refuse_unless_over,
    waiting_amendments,
)
from democratic.participation.meetings.minutes.states import FEWEST_DAYS, MOST_DAYS
from democratic.participation.meetings.queries import account_of
from democratic.participation.meetings.states import MeetingState
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Record


@transaction.atomic
def tell_catch_up(*, minutes: Minutes, clock: Clock) -> None:
    """The five lines and the decisions of this draft, for everyone; told again when they changed."""
    locked, now = locked_draft(minutes), clock.now()
    refuse_unless_over(locked.meeting, now)
    if not locked.catch_up:
        raise Refusal(_("Écrivez l’essentiel d’abord : cinq lignes au plus."), field="catch_up")
    if not _tell(locked, clock):
        raise Conflict(_("L’essentiel est déjà publié, dans ces mots."))


def _tell(minutes: Minutes, clock: Clock) -> bool:
    """False when everyone knows it already."""
    told = catch_up_of(minutes.meeting)
    if told and (told.account, told.decisions) == (minutes.catch_up, _decisions(minutes)):
        return False
    _append(minutes, clock, is_first=told is None)
    return True


def _decisions(minutes: Minutes) -> list[str]:
    decided = minutes.blocks.filter(kind=BlockKind.DECISION)
    return list(decided.order_by("rank").values_list("text", flat=True))


def _append(minutes: Minutes, clock: Clock, *, is_first: bool) -> None:
    record = minutes.meeting.record
    append_entry(
        CATCH_UP_TOLD,
        record=record,
        now=clock.now(),
        data={"is_first": is_first},
        words={"account": minutes.catch_up, "decisions": _decisions(minutes) or ""},
        is_institutional=True,
    )
    bump_pages_of(record)


@transaction.atomic
def propose_minutes(*, minutes: Minutes, days: int, clock: Clock) -> Minutes:
    """Public from now on, and contested for so many days by those who were there."""
    locked, now = locked_draft(minutes), clock.now()
    refuse_unless_over(locked.meeting, now)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Refusal(
            _("Laissez de trois à soixante jours pour relire et demander des corrections."), field="days"
        )
    _refuse_unfinished(locked)
    locked.state, locked.proposed_at = Minutes.State.PROPOSED, now
    locked.contested_until = now + timedelta(days=days)
    locked.save(update_fields=["state", "proposed_at", "contested_until"])
    blocks = _said(locked)
    record = locked.meeting.record
    append_entry(
        MINUTES_PROPOSED,
        record=record,
        now=now,
        data={
            "version": locked.version,
            "contested_until": locked.contested_until.isoformat(),
            "blocks": len(blocks),
        },
        words={"catch_up": locked.catch_up, "blocks": blocks},
        is_institutional=True,
    )
    _tell(locked, clock)
    bump_pages_of(record)
    return locked


def _refuse_unfinished(minutes: Minutes) -> None:
    if not minutes.catch_up:
        raise Refusal(_("Écrivez l’essentiel d’abord : cinq lignes au plus."), field="catch_up")
    blocks = list(minutes.blocks.all())
    if not blocks:
        raise Refusal(_("Écrivez au moins un passage."))
    before = latest_shown(minutes.meeting)
    if before is None:
        return
    if before.state == Minutes.State.APPROVED:
        raise Conflict(_("Le compte rendu est approuvé : il est définitif."))
    same = [mark_of(block) for block in before.blocks.all()] == [mark_of(block) for block in blocks]
    if same and before.catch_up == minutes.catch_up:
        raise Refusal(
            _("Rien n’a changé depuis la version %(n)d : corrigez-la d’abord.") % {"n": before.version}
        )


def _said(minutes: Minutes) -> list[dict[str, Any]]:
    return [
        {"rank": block.rank, "kind": block.kind, "seat": block.seat, "text": block.text}
        for block in minutes.blocks.order_by("rank")
    ]


@transaction.atomic
def approve_minutes(*, minutes: Minutes, clock: Clock) -> Minutes:
    """Final: the contestation is over, each correction was answered, and no version is under way."""
    meeting = minutes.meeting
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=meeting.pk)
    found = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__record__authority")
    locked, now = found.get(pk=minutes.pk), clock.now()
    last = latest_shown(meeting)
    if last is None or last.pk != locked.pk or locked.state != Minutes.State.PROPOSED:
        raise Conflict(_("Une autre version de ce compte rendu est déjà publiée, ou approuvée."))
    if is_contestable(locked, now):
        raise Conflict(_("On peut encore demander des corrections : l’approbation attend leur dernier jour."))
    if waiting_amendments(meeting):
        raise Conflict(_("Des corrections demandées attendent une réponse : répondez-y d’abord."))
    if draft_of(meeting):
        raise Conflict(_("Une nouvelle version est en préparation : publiez-la d’abord."))
    locked.state, locked.approved_at = Minutes.State.APPROVED, now
    locked.save(update_fields=["state", "approved_at"])
    counts = amendment_counts(meeting)
    append_entry(
        MINUTES_APPROVED,
        record=record,
        now=now,
        data={"version": locked.version, **counts},
        is_institutional=True,
    )
    if record.state != MeetingState.HELD:
        report_meeting(
            meeting=meeting, account=locked.catch_up, present=present_by_seat(meeting), clock=clock
        )
    elif account_of(meeting)[0] != locked.catch_up:  # it had been told by hand, in other words
        _append(locked, clock, is_first=False)
    bump_pages_of(record)
    return locked
