"""What the desk reads of its inbox, and what a person reads of her own conversation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Q, QuerySet, Window

from democratic.kernel.ids import read_claim_secret, read_code
from democratic.kernel.limits import keyed_hash
from democratic.participation.inbox.models import Conversation, InboxMessage, InboxTag
from democratic.participation.inbox.states import WAITING, ConversationState
from democratic.people.models import Person
from democratic.thread.models import Authority

Kind = InboxMessage.Kind
FEW = 3
MOST_MESSAGES = 200


class Tab(StrEnum):
    """The queues of the inbox."""

    TO_SORT = "a-trier"
    MINE = "a-moi"
    ALL_WAITING = "en-cours"
    ASKED = "en-attente"
    CLOSED = "closes"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of the list asks for; empty where it asks nothing."""

    tab: Tab = Tab.TO_SORT
    words: str = ""
    tag: str = ""
    channel: str = ""
    service: str = ""
    process: str = ""


def _mine(person: Person) -> Q:
    """In her hands, or in those of a service that she holds, as long as no one of it has taken it."""
    hers = Q(service__titular=person) | Q(service__deputy=person)
    return Q(assignee=person) | Q(hers, assignee=None)


def _tabs(person: Person) -> dict[Tab, Q]:
    return {
        Tab.TO_SORT: Q(state=ConversationState.NEW),
        Tab.MINE: Q(state__in=WAITING) & _mine(person),
        Tab.ALL_WAITING: Q(state__in=WAITING),
        Tab.ASKED: Q(state=ConversationState.ASKED),
        Tab.CLOSED: Q(state__in=(ConversationState.ANSWERED, ConversationState.CLOSED)),
    }


def count_tabs(authority: Authority, person: Person) -> dict[Tab, int]:
    """Of what is not over; one query."""
    open_ones = Conversation.objects.filter(
        authority=authority, state__in=(*WAITING, ConversationState.ASKED)
    )
    tabs = {tab: q for tab, q in _tabs(person).items() if tab != Tab.CLOSED}
    found = open_ones.aggregate(**{tab.name: Count("pk", filter=q) for tab, q in tabs.items()})
    return {tab: found[tab.name] for tab in tabs}


def list_conversations(
    authority: Authority, asked: Asked, person: Person, *, offset: int, limit: int
) -> tuple[list[Conversation], int]:
    """The oldest due first, those that are over the newest first; each with ``excerpt``, its last words. Four queries."""
    found = _asked(Conversation.objects.filter(_tabs(person)[asked.tab], authority=authority), asked)
    by = ("-last_at", "-pk") if asked.tab == Tab.CLOSED else ("due_on", "pk")
    # Whose rows are joined is decided first: a queue may hold all that was closed in thirteen months.
    wanted = found.order_by(*by).values("pk")[offset : offset + limit]
    rows = Conversation.objects.filter(pk__in=wanted).select_related("service", "assignee", "about", "became")
    page = rows.prefetch_related("tags").order_by(*by)
    return _with_excerpts(list(page)), found.count()


def _with_excerpts(page: list[Conversation]) -> list[Conversation]:
    said = InboxMessage.objects.filter(conversation__in=page, kind=Kind.RECEIVED).order_by(
        "conversation", "-at", "-pk"
    )
    last = dict(said.distinct("conversation").values_list("conversation", "text"))
    for each in page:
        each.excerpt = last.get(each.pk, "")  # type: ignore[attr-defined]
    return page


def _asked(found: QuerySet[Conversation], asked: Asked) -> QuerySet[Conversation]:
    if asked.tag:
        found = found.filter(tags__name=asked.tag)
    if asked.channel:
        found = found.filter(channel=asked.channel)
    if asked.service:
        found = found.filter(service__name=asked.service)
    if asked.process:
        found = found.filter(process__code=read_code(asked.process) or "")
    return found.filter(_saying(asked.words)) if asked.words else found


def _saying(words: str) -> Q:
    """Its code, who wrote, its subject, or any of its messages."""
    said = InboxMessage.objects.filter(vector=SearchQuery(words, config="fr", search_type="websearch"))
    known = Q(subject__icontains=words) | Q(name__icontains=words) | Q(address__iexact=words)
    return known | Q(code=read_code(words) or "") | Q(pk__in=said.values("conversation"))


def tags_of(authority: Authority) -> list[InboxTag]:
    """Those in use, the authority's own list first."""
    in_use = InboxTag.objects.filter(authority=authority, retired_at=None)
    return list(in_use.order_by("-is_proposed", "name")[:100])


def get_conversation(authority: Authority, code: str) -> Conversation | None:
    """For the desk: with all that its page shows but the messages."""
    rows = Conversation.objects.filter(authority=authority, code=read_code(code) or "").select_related(
        "authority", "person", "service", "assignee", "about__wording", "became", "process__wording"
    )
    return rows.prefetch_related("tags").first()


def messages_of(conversation: Conversation, *, with_notes: bool) -> list[InboxMessage]:
    """In the order in which they were said."""
    rows = conversation.messages.select_related("author", "outgoing")
    if not with_notes:
        rows = rows.exclude(kind__in=(Kind.NOTE, Kind.REOPENED))
    return list(rows.order_by("at", "pk")[:MOST_MESSAGES])


def last_sent(messages: Sequence[InboxMessage]) -> UUID | None:
    """The last message to the person, which an agent has in front of her when she writes."""
    ours = [each.pk for each in messages if each.kind in (Kind.ANSWER, Kind.QUESTION)]
    return ours[-1] if ours else None


def conversation_of_key(authority: Authority, code: str, typed: str) -> Conversation | None:
    """Code and key together; a wrong one of either and none look alike."""
    hashed = keyed_hash("claim", read_claim_secret(typed))
    found = Conversation.objects.filter(authority=authority, code=read_code(code) or "", secret_hash=hashed)
    return found.select_related("authority", "person", "became").first()


@dataclass(frozen=True, slots=True)
class InboxDay:
    """What waits for an agent today: how many to sort or in her hands, how many of them late, and the first ones."""

    n: int
    late: int
    first: tuple[Conversation, ...]


NO_LETTERS = InboxDay(0, 0, ())


def inbox_day(authority: Authority, person: Person, today: date) -> InboxDay:
    """One query: the first ones carry the counts of all."""
    waiting = Conversation.objects.filter(
        Q(state=ConversationState.NEW) | _mine(person), authority=authority, state__in=WAITING
    )
    everything: dict[str, Any] = {
        "n": Window(Count("pk")),
        "late": Window(Count("pk", filter=Q(due_on__lt=today))),
    }
    first = list(
        waiting.select_related("service", "assignee").annotate(**everything).order_by("due_on", "pk")[:FEW]
    )
    counts: Any = first[0] if first else None
    return InboxDay(counts.n if counts else 0, counts.late if counts else 0, tuple(first))
