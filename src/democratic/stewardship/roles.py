"""Ending a role: never one that someone still waits for, and never the last that could give others."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.actions import end_office, leave_desk
from democratic.communities.models import Official, Service
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.people.queries import person_and_claimed
from democratic.stewardship.queries import (
    drafts_to_sign_by,
    is_last_administrator,
    mandates_to_answer,
    what_binds,
)
from democratic.thread.actions import end_grant
from democratic.thread.models import Authority, Grant, Role

AT_THE_DESK = (Role.AGENT, Role.ADMINISTRATOR)


class LastAdministrator(Conflict):
    """Without another one, nobody could give a role here any more."""


@transaction.atomic
def end_role(*, grant: Grant, clock: Clock) -> None:
    """From its next request on, that person works here no more under that role."""
    # One end at a time: two administrators who end each other's role leave one of them.
    authority = Authority.objects.select_for_update(no_key=True).get(pk=grant.authority_id)
    locked = Grant.objects.select_for_update(of=("self",)).select_related("person").get(pk=grant.pk)
    if locked.until is not None:
        raise Conflict(_("Ce rôle a déjà pris fin."))
    if is_last_administrator(locked):
        raise LastAdministrator(
            _("C’est la dernière personne qui administre : donnez d’abord ce rôle à une autre.")
        )
    _let_go(locked, authority)
    end_grant(grant=locked, clock=clock)


@transaction.atomic
def close_office(*, official: Official, clock: Clock) -> Official:
    """An office ends once its answers are given or handed over; public, and what was signed stays."""
    locked = Official.objects.select_for_update(of=("self",)).select_related("authority").get(pk=official.pk)
    if locked.until is not None:
        raise Conflict(_("Cette personne n’est déjà plus en fonction."))
    if mandates_to_answer([locked.pk]).exists() or drafts_to_sign_by([locked.pk]).exists():
        raise Conflict(_("Des réponses sont encore attendues d’elle : remettez-les d’abord."))
    return end_office(official=locked, clock=clock)


def _let_go(grant: Grant, authority: Authority) -> None:
    """What hangs on this role is handed over first; a place that owes nothing is simply left."""
    if grant.process_id is not None:
        return
    ids = person_and_claimed(grant.person)
    others = Grant.objects.filter(person__in=ids, authority=authority, process=None, until=None).exclude(
        pk=grant.pk
    )
    if grant.role in AT_THE_DESK and not others.filter(role__in=AT_THE_DESK).exists():
        list(Service.objects.select_for_update().filter(authority=authority))
        _refuse_if_owing(ids, authority, Service)
        leave_desk(person_ids=ids, authority=authority)
    if grant.role == Role.OFFICIAL:
        list(Official.objects.select_for_update().filter(authority=authority, person__in=ids))
        _refuse_if_owing(ids, authority, Official)


def _refuse_if_owing(ids: list[UUID], authority: Authority, kind: type[Service] | type[Official]) -> None:
    held = [each.holder for each in what_binds(ids) if each.holder.authority_id == authority.pk]
    if any(isinstance(holder, kind) for holder in held):
        raise Conflict(
            _(
                "Quelqu’un attend encore ce que tient cette personne : remettez-le d’abord (Services et relais)."
            )
        )
