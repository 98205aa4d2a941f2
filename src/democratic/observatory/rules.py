"""Who appoints, who sits, who judges: never those who are judged."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official, Service, SpeakingMandate
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.observatory.models import Closing, Observatory, Seat
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Authority, Grant


def is_judged(ids: Collection[UUID], authority: Authority) -> bool:
    """Whoever holds a role, an office or a service here answers for engagements, or works for who does."""
    return (
        Grant.objects.filter(person__in=ids, authority=authority, until=None).exists()
        or Official.objects.filter(person__in=ids, authority=authority, until=None).exists()
        or Service.objects.filter(Q(titular__in=ids) | Q(deputy__in=ids), authority=authority).exists()
    )


def refuse_who_is_judged(ids: Collection[UUID], authority: Authority) -> None:
    """Under the locks of these persons, which whoever gives a role takes too."""
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))
    if is_judged(ids, authority):
        raise NotAllowed(
            _(
                "Qui tient un rôle, un service ou une fonction élue ici est jugé par l’observatoire : il n’y a pas de part."
            )
        )


def refuse_what_a_member_may_not_hold(person: Person, authority: Authority) -> None:
    """``settings.INCOMPATIBILITIES``: before a role, a service or an office is given."""
    sitting = Seat.objects.filter(
        person__in=person_and_claimed(person),
        observatory__authority=authority,
        since__isnull=False,
        until=None,
    )
    if sitting.filter(observatory__closing=None).exists():
        raise Conflict(
            _(
                "Cette personne siège à l’observatoire des engagements : son mandat se termine d’abord, en public."
            ),
            field="person",
        )


def speaks_for_the_body(observatory: Observatory, ids: Collection[UUID]) -> bool:
    return SpeakingMandate.objects.filter(
        organisation=observatory.body_id,
        organisation__record__withdrawal=None,
        person__in=ids,
        since__isnull=False,
        until=None,
    ).exists()


def refuse_unless_appointing(observatory: Observatory, ids: Collection[UUID]) -> None:
    list(
        SpeakingMandate.objects.select_for_update(of=("self",)).filter(
            organisation=observatory.body_id, person__in=ids
        )
    )
    if not speaks_for_the_body(observatory, ids):
        raise NotAllowed(
            _("Seul qui parle pour l’instance désignée nomme les membres ou met fin à un mandat.")
        )
    refuse_who_is_judged(ids, observatory.authority)


def refuse_if_closed(observatory: Observatory) -> None:
    if Closing.objects.filter(observatory=observatory).exists():
        raise Conflict(_("Cet observatoire est dissous : ce qu’il a constaté reste, rien ne s’y ajoute."))


def seat_of(observatory: Observatory, ids: Collection[UUID], today: date) -> Seat | None:
    """Her running seat, within its term."""
    return (
        Seat.objects.filter(
            observatory=observatory, person__in=ids, since__lte=today, until=None, term_ends_on__gte=today
        )
        .order_by("pk")
        .first()
    )


def refuse_unless_sitting(observatory: Observatory, ids: Collection[UUID], today: date) -> Seat:
    """Who judges is a member today, and holds nothing of the authority; read again under her locks."""
    refuse_if_closed(observatory)
    refuse_who_is_judged(ids, observatory.authority)
    seat = seat_of(observatory, ids, today)
    if seat is None:
        raise NotAllowed(_("Seul un membre en cours de mandat publie au nom de l’observatoire."))
    return seat
