"""The words under which conversations are sorted: one an authority, whatever its case; renamed, merged, retired."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.inbox.actions import locked_in
from democratic.participation.inbox.models import Conversation, InboxTag
from democratic.thread.models import Authority

LONGEST_TAG, MOST_TAGS = 40, 12
Sorted = Conversation.tags.through


@transaction.atomic
def tag_conversations(*, authority: Authority, conversations: Collection[UUID], names: Sequence[str]) -> int:
    """Add these words; one that is new is added to the authority's."""
    tags = [_tag(authority, name) for name in names if clean_line(name)][:MOST_TAGS]
    if not tags:
        raise Refusal(gettext_lazy("Écrivez un mot-clé."), field="tags")
    found = locked_in(authority, conversations)
    for each in found:
        each.tags.add(*tags)
    return len(found)


def _tag(authority: Authority, typed: str) -> InboxTag:
    """Locked: who merges it elsewhere waits for us, or we meet what it became."""
    name = clean_line(typed)[:LONGEST_TAG]
    if not _named(authority, name).exists():
        # Two agents who write the same new word at once write one.
        InboxTag.objects.bulk_create([InboxTag(authority=authority, name=name)], ignore_conflicts=True)
    tag = _named(authority, name).select_for_update().get()
    if tag.retired_at is not None:
        raise Refusal(
            _("« %(name)s » n’est plus employé : choisissez un autre mot-clé.") % {"name": tag.name},
            field="tags",
        )
    return tag


def _named(authority: Authority, name: str) -> QuerySet[InboxTag]:
    return InboxTag.objects.filter(authority=authority, name__iexact=name)


@transaction.atomic
def untag_conversation(*, conversation: Conversation, tag: UUID) -> None:
    Sorted.objects.filter(conversation=conversation, inboxtag=tag).delete()


@transaction.atomic
def rename_tag(*, tag: InboxTag, name: str) -> None:
    """Everywhere at once. Another word's name is refused: the two are merged instead."""
    wanted = clean_line(name)[:LONGEST_TAG]
    if not wanted:
        raise Refusal(gettext_lazy("Écrivez un mot-clé."), field="name")
    InboxTag.objects.select_for_update().get(pk=tag.pk)
    if _named(tag.authority, wanted).exclude(pk=tag.pk).exists():
        raise Conflict(gettext_lazy("Ce mot-clé existe déjà : fusionnez plutôt les deux."), field="name")
    InboxTag.objects.filter(pk=tag.pk).update(name=wanted)


@transaction.atomic
def merge_tags(*, tag: InboxTag, into: InboxTag) -> int:
    """What was sorted under ``tag`` is sorted under ``into``, and ``tag`` is no more. How many conversations moved."""
    if tag.pk == into.pk or tag.authority_id != into.authority_id:
        raise Refusal(gettext_lazy("Choisissez un autre mot-clé d’ici."), field="into")
    both = InboxTag.objects.select_for_update().filter(pk__in=(tag.pk, into.pk)).order_by("pk")
    if len(both) != 2:  # noqa: PLR2004  the two of them
        raise Conflict(gettext_lazy("Ce mot-clé n’est plus là : quelqu’un l’a fusionné avant vous."))
    already = Sorted.objects.filter(inboxtag=into).values("conversation")
    moved = Sorted.objects.filter(inboxtag=tag).exclude(conversation__in=already).update(inboxtag=into)
    Sorted.objects.filter(inboxtag=tag).delete()
    InboxTag.objects.filter(pk=tag.pk).delete()
    return moved


@transaction.atomic
def retire_tag(*, tag: InboxTag, clock: Clock) -> None:
    """Nobody sorts under it any more; what was sorted stays, and is found."""
    InboxTag.objects.filter(pk=tag.pk, retired_at=None).update(retired_at=clock.now())


@transaction.atomic
def bring_tag_back(*, tag: InboxTag) -> None:
    InboxTag.objects.filter(pk=tag.pk).update(retired_at=None)


@dataclass(frozen=True, slots=True)
class TagLine:
    """``n``: how many conversations are sorted under it."""

    tag: InboxTag
    n: int


def list_tags(authority: Authority, *, offset: int, limit: int) -> tuple[list[TagLine], int]:
    """Those in use, then the retired ones, by name; three queries."""
    ours = InboxTag.objects.filter(authority=authority)
    found = list(ours.order_by(F("retired_at").asc(nulls_first=True), "name", "pk")[offset : offset + limit])
    counts = Sorted.objects.filter(inboxtag__in=found).values_list("inboxtag").annotate(n=Count("pk"))
    held = dict(counts)
    return [TagLine(tag, held.get(tag.pk, 0)) for tag in found], ours.count()
