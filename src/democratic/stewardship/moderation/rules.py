"""Who judges, and what: never what one may not read, what one wrote, or what one denounced."""

import calendar
from collections.abc import Collection
from datetime import date
from uuid import UUID

import rules
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.models import OppositionMember
from democratic.communities.models import Membership
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.stewardship.moderation.charter import Rule
from democratic.stewardship.moderation.models import Notice
from democratic.stewardship.moderation.states import NoticeState
from democratic.thread.models import Kind, Record, Role
from democratic.thread.rules import Viewer, records_in_reach

MODERATORS = (Role.MODERATOR, Role.ADMINISTRATOR)
JUDGED = (Kind.IDEA, Kind.COMMENT, Kind.ORGANISATION, Kind.COLUMN, Kind.WALL_QUESTION)
"""What people, organisations and opposition groups write. An order, an answer or an engagement is withdrawn in public,
never hidden; and the authority's moderators do not touch what an observatory says of it.
"""
LAW = (Rule.ILLEGAL, Rule.MINOR, Rule.HATE, Rule.PRIVATE)
"""The only rules under which an opposition's column may be hidden, and the article of law is named each time."""

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


def who_wrote(record: Record) -> set[UUID]:
    """Whose words these are: their author's; of a column, the group's members; of an organisation, who keeps its page."""
    if record.kind == Kind.COLUMN:
        members = OppositionMember.objects.filter(group__publications=record.pk, until=None)
        return {person for person in members.values_list("person", flat=True) if person}
    if record.kind == Kind.ORGANISATION:
        keepers = Membership.objects.filter(organisation=record.pk, place=Membership.Place.EDITOR, until=None)
        return set(keepers.values_list("person", flat=True))
    return {record.author_id} if record.author_id else set()


def refuse_unlawful(record: Record, rule: str, ground: str) -> None:
    """Before a column is hidden. Code général des collectivités territoriales, L.2121-27-1 and L.3121-24-1."""
    if record.kind != Kind.COLUMN:
        return
    if rule not in LAW:
        raise Refusal(
            _(
                "Une tribune de l’opposition ne se masque que si elle est contraire à la loi : choisissez la règle"
                " qui le dit, ou gardez-la."
            ),
            field="rule",
        )
    if not ground:
        raise Refusal(_("Citez la loi : le groupe doit savoir ce qui est interdit."), field="ground")


def refuse_interested(record: Record, person_ids: Collection[UUID]) -> None:
    """Nobody judges her own words, nor what she asked to take away."""
    if who_wrote(record) & set(person_ids):
        raise NotAllowed(_("Vous avez écrit cette parole : une autre personne doit décider."))
    notices = Notice.objects.filter(record=record, state=NoticeState.RECEIVED)
    if notices.filter(notifier__in=person_ids).exists():
        raise NotAllowed(_("Vous avez signalé cette parole : une autre personne doit décider."))


def last_day_to_appeal(day: date) -> date:
    """Six calendar months, the last day included; at the end of a shorter month, its last day."""
    months = day.month - 1 + MONTHS_TO_APPEAL
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
