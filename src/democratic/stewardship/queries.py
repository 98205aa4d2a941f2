"""Who owes what: the services that an agent holds, the answers that an official must sign."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from democratic.communities.models import Official, Service
from democratic.participation.answers.models import Answer
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.models import Obligation, Owed
from democratic.thread.models import Authority, Grant, Role


def open_obligations() -> QuerySet[Obligation]:
    """What is still waited for; a *retrait* ends the waiting."""
    return Obligation.objects.filter(met_on=None, ended_on=None, record__withdrawal=None)


def mandates_to_answer(officials: Collection[UUID]) -> QuerySet[Mandate]:
    """Orders for which these officials are named and whose answer is still to come."""
    owed = open_obligations().filter(owed=Owed.ANSWER)
    waiting = Q(processes__record__obligations__in=owed) | Q(processes=None, record__withdrawal=None)
    return Mandate.objects.filter(waiting, answerer__in=officials).distinct()


def drafts_to_sign_by(officials: Collection[UUID]) -> QuerySet[Answer]:
    return Answer.objects.filter(signer__in=officials, signed_at=None)


@dataclass(frozen=True, slots=True)
class Held:
    """A service or an official, and how many dates or answers are still owed there."""

    holder: Service | Official
    owed: int


def services_with_dues(authority: Authority) -> list[Held]:
    found = Service.objects.filter(authority=authority).select_related("titular__account", "deputy__account")
    return _owing(found)


def _owing(services: QuerySet[Service]) -> list[Held]:
    owed = Count("obligations", filter=Q(obligations__in=open_obligations()))
    return [Held(service, service.owed) for service in services.annotate(owed=owed).order_by("name")]


def officials_with_dues(authority: Authority) -> list[Held]:
    return _signing(Official.objects.filter(authority=authority, until=None))


def _signing(officials: QuerySet[Official]) -> list[Held]:
    found = list(officials.order_by("name", "pk"))
    ids = [official.pk for official in found]
    owed = Counter(answerer for answerer, _pk in mandates_to_answer(ids).values_list("answerer_id", "pk"))
    owed += Counter(drafts_to_sign_by(ids).values_list("signer_id", flat=True))
    return [Held(official, owed[official.pk]) for official in found]


def what_binds(person_ids: Collection[UUID]) -> list[Held]:
    """What must be handed over before these persons leave: empty when nothing waits for them."""
    services = Service.objects.filter(Q(titular__in=person_ids) | Q(deputy__in=person_ids))
    offices = Official.objects.filter(person__in=person_ids)
    return [each for each in (*_owing(services), *_signing(offices)) if each.owed]


def is_last_administrator(grant: Grant) -> bool:
    """Whether no other open account administers the whole of this authority."""
    if grant.role != Role.ADMINISTRATOR or grant.process_id is not None:
        return False
    others = Grant.objects.filter(
        authority=grant.authority_id, role=Role.ADMINISTRATOR, process=None, until=None
    ).exclude(person=grant.person_id)
    return not others.filter(person__account__is_active=True).exists()
