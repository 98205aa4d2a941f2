"""Who may: sentences that combine. A missing object and a forbidden one look alike to the caller."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

import rules
from django.db.models import Q, QuerySet

from democratic.kernel.compiled import Compiled
from democratic.people.models import Person
from democratic.thread.models import AudienceMember, Authority, Grant, Record, Role, Visibility


def _grants(person: UUID, authority: UUID) -> QuerySet[Grant, tuple[str, UUID | None]]:
    return Grant.objects.filter(person=person, authority=authority, until=None).values_list(
        "role", "process_id"
    )


_GRANTS = Compiled(_grants, person=UUID, authority=UUID)


@dataclass(frozen=True)
class Viewer:
    """Who looks, at which authority. ``person`` is None for someone we know nothing of.

    ``preview``: the one draft that a link, signed and dated, lets be read before it is published.
    """

    authority: Authority
    person: Person | None = None
    is_signed_in: bool = False
    preview: UUID | None = None

    @cached_property
    def grants(self) -> list[tuple[str, UUID | None]]:
        if self.person is None or not self.is_signed_in:
            return []
        rows = _GRANTS.rows(person=self.person.pk, authority=self.authority.pk)
        return [(role, process_id) for role, process_id in rows]

    @property
    def scopes(self) -> frozenset[UUID]:
        """The processes over which this person has a role of the desk, and over nothing else."""
        at_work = (Role.AGENT, Role.ADMINISTRATOR, Role.OFFICIAL)
        return frozenset(scope for role, scope in self.grants if scope and role in at_work)

    def has_role(self, *roles: Role, process_id: UUID | None = None) -> bool:
        return any(role in roles and scope in (None, process_id) for role, scope in self.grants)


def _process_of(record: Record | None) -> UUID | None:
    if record is None:
        return None
    return record.process_id or record.pk


@rules.predicate
def is_agent(viewer: Viewer, record: Record | None = None) -> bool:
    return viewer.has_role(Role.AGENT, Role.ADMINISTRATOR, process_id=_process_of(record))


@rules.predicate
def is_official(viewer: Viewer, record: Record | None = None) -> bool:
    return viewer.has_role(Role.OFFICIAL, process_id=_process_of(record))


@rules.predicate
def is_administrator(viewer: Viewer, record: Record | None = None) -> bool:
    return viewer.has_role(Role.ADMINISTRATOR, process_id=_process_of(record))


@rules.predicate
def is_author(viewer: Viewer, record: Record | None = None) -> bool:
    return record is not None and viewer.person is not None and record.author_id == viewer.person.pk


can_work = is_agent | is_official
can_answer = is_agent | is_official
can_sign = is_official
can_withdraw_own = is_author


def visible_records(viewer: Viewer) -> QuerySet[Record]:
    """The one queryset that every list starts from: this authority's, shown, to an audience one is in."""
    shown = Q(visibility=Visibility.PUBLIC)
    if viewer.preview is not None:
        shown |= Q(pk=viewer.preview, visibility=Visibility.DRAFT)
    return records_in_reach(viewer).filter(shown)


def records_in_reach(viewer: Viewer) -> QuerySet[Record]:
    """What one's audiences let one read, shown or not: for who must judge what is held or hidden."""
    audiences = Q(audience__is_public=True)
    if viewer.is_signed_in and viewer.person is not None:
        mine = AudienceMember.objects.filter(person=viewer.person, until=None)
        audiences |= Q(audience__in=mine.values("audience"))
    return Record.objects.filter(audiences, authority=viewer.authority)
