"""Who judges, and what: never what one may not read, what one wrote, or what one denounced."""

import calendar
from collections.abc import Collection
from datetime import date
from uuid import UUID

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import NotAllowed
from democratic.stewardship.moderation.models import Notice
from democratic.stewardship.moderation.states import NoticeState
from democratic.thread.models import Kind, Record, Role
from democratic.thread.rules import Viewer, records_in_reach

MODERATORS = (Role.MODERATOR, Role.ADMINISTRATOR)
JUDGED = (Kind.IDEA, Kind.COMMENT)
"""What people write. An order, an answer or an engagement is withdrawn in public, never hidden."""

MONTHS_TO_APPEAL = 6


@rules.predicate
def moderates(viewer: Viewer, _record: Record | None = None) -> bool:
    """Here, or in one consultation at least: ``records_to_judge`` says which."""
    return any(role in MODERATORS for role, _scope in viewer.grants)


def records_to_judge(viewer: Viewer) -> QuerySet[Record]:
    """Of what she may read, what her role covers: everything, or the consultations that it names."""
    scopes = [scope for role, scope in viewer.grants if role in MODERATORS]
    found = records_in_reach(viewer).filter(kind__in=JUDGED)
    if None in scopes:
        return found
    return found.filter(Q(process__in=[scope for scope in scopes if scope]))


def refuse_interested(record: Record, person_ids: Collection[UUID]) -> None:
    """Nobody judges her own words, nor what she asked to take away."""
    if record.author_id in person_ids:
        raise NotAllowed(_("Vous avez écrit cette parole : une autre personne doit décider."))
    notices = Notice.objects.filter(record=record, state=NoticeState.RECEIVED)
    if notices.filter(notifier__in=person_ids).exists():
        raise NotAllowed(_("Vous avez signalé cette parole : une autre personne doit décider."))


def last_day_to_appeal(day: date) -> date:
    """Six calendar months, the last day included; at the end of a shorter month, its last day."""
    months = day.month - 1 + MONTHS_TO_APPEAL
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
