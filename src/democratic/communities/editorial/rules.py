"""Who may write in a group's name: its members, and nobody who works for the authority."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from democratic.communities.editorial.models import OppositionGroup, OppositionMember
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.people.models import Person
from democratic.thread.models import Authority, Grant, Role

AT_WORK = (Role.AGENT, Role.ADMINISTRATOR, Role.MODERATOR)


def writes_for(group: OppositionGroup, person_ids: Collection[UUID]) -> bool:
    return OppositionMember.objects.filter(group=group, person__in=person_ids, until=None).exists()


def refuse_unless_writes(group: OppositionGroup, person_ids: Collection[UUID]) -> None:
    if not writes_for(group, person_ids):
        raise NotAllowed(_("Seuls les membres de ce groupe écrivent ici."))


def refuse_who_works_here(people: Collection[Person], authority: Authority) -> None:
    """An agent or an administrator is no member: this space is kept from those who hold the rest of the site."""
    at_work = Grant.objects.filter(authority=authority, person__in=people, until=None, role__in=AT_WORK)
    if at_work.exists():
        raise Refusal(
            _(
                "Cette personne travaille à ce bureau : un groupe d’opposition n’a pour membres que ses élues et élus."
            ),
            field="members",
        )
