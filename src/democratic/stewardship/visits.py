"""« Sign in as »: an administrator sees a person's pages to help her, for a quarter of an hour, and she knows."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.polls.models import PollAnswer
from democratic.people.models import Account, AgeBand, Person
from democratic.people.queries import account_of, person_and_claimed
from democratic.stewardship.models import SupportVisit
from democratic.thread.models import Authority, Follow, Grant, Record, Role, Support

LONGEST = timedelta(minutes=15)
REASON_LIMIT = 300


@transaction.atomic
def open_visit(
    *, visitor: Person, email: str, authority: Authority, reason: str, clock: Clock
) -> SupportVisit:
    """Written before anything is shown. Refused for oneself, for who has a role, under 15, and elsewhere."""
    if not is_administrator_of(visitor, authority):
        raise NotAllowed(_("Seule l’administration de la collectivité ouvre un compte pour aider."))
    why = clean_line(reason)[:REASON_LIMIT]
    if not why:
        raise Refusal(_("Dites pourquoi : la personne lira ce motif."), field="reason")
    visited = _whom(email, visitor, authority)
    now = clock.now()
    return SupportVisit.objects.create(
        authority=authority,
        visitor=visitor,
        visited=visited,
        reason=why,
        started_at=now,
        ends_at=now + LONGEST,
    )


def is_administrator_of(person: Person, authority: Authority) -> bool:
    return Grant.objects.filter(
        person=person, authority=authority, role=Role.ADMINISTRATOR, process=None, until=None
    ).exists()


def _whom(email: str, visitor: Person, authority: Authority) -> Person:
    account = Account.objects.filter(email__iexact=email.strip(), is_active=True).first()
    ids = person_and_claimed(account.person) if account else []
    # Nobody learns here whether an address has an account that never came to this authority.
    if account is None or account.person_id == visitor.pk or not _took_part(ids, authority):
        raise Refusal(
            _("Aucun compte qui a pris part ici n’a cette adresse. Vérifiez-la avec la personne."),
            field="email",
        )
    if Grant.objects.filter(person__in=ids, until=None).exists():
        raise NotAllowed(
            _("Ce compte a un rôle, ici ou ailleurs : on ne l’ouvre pas à la place de qui le tient."),
            field="email",
        )
    if Person.objects.filter(pk__in=ids, age_band=AgeBand.UNDER_15).exists():
        raise NotAllowed(_("Avant 15 ans, personne d’autre n’ouvre le compte."), field="email")
    return account.person


def _took_part(ids: Collection[UUID], authority: Authority) -> bool:
    return any(
        found.exists()
        for found in (
            Record.objects.filter(author__in=ids, authority=authority),
            Support.objects.filter(person__in=ids, record__authority=authority),
            Follow.objects.filter(person__in=ids, record__authority=authority),
            PollAnswer.objects.filter(person__in=ids, poll__record__authority=authority),
        )
    )


def running_visit(pk: str, *, visitor: Person, authority: Authority, now: datetime) -> SupportVisit | None:
    """While it lasts, for who opened it and as long as her role does; None otherwise."""
    try:
        found = SupportVisit.objects.filter(
            pk=UUID(pk), visitor=visitor, authority=authority, ends_at__gt=now
        )
    except ValueError:
        return None
    visit = found.select_related("visited__account").first()
    return visit if visit and is_administrator_of(visitor, authority) else None


def account_visited(visit: SupportVisit) -> Account | None:
    """None once the account was closed, or suspended."""
    known = (
        Account.objects.filter(person=visit.visited_id, is_active=True).values_list("pk", flat=True).first()
    )
    return account_of(known) if known else None


def visits_received(person_ids: Collection[UUID], *, limit: int) -> list[SupportVisit]:
    """The newest first: what the person is shown, without the name of who helped."""
    return list(SupportVisit.objects.filter(visited__in=person_ids).order_by("-started_at")[:limit])


def visits_here(authority: Authority, *, skip: int, limit: int) -> list[SupportVisit]:
    found = SupportVisit.objects.filter(authority=authority).select_related("visited__account", "visitor")
    return list(found.order_by("-started_at", "-pk")[skip : skip + limit])
