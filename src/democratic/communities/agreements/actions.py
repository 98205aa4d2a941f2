"""Asking a parent, agreeing, confirming, taking back, and turning fifteen. Nothing of it is public."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.communities.agreements.models import JointAgreement
from democratic.communities.agreements.queries import PARENT, WAITS, is_fifteen, is_over, token_of
from democratic.communities.agreements.texts import asking_text, fifteen_text
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.messaging.actions import PARENT_ASKED, TURNED_15, Notice, queue_messages
from democratic.people.actions import address_for_one_message, drop_addresses, leave_address, prove_address
from democratic.people.models import AgeBand, Consent, ConsentSource, ContactAddress, Person, Purpose
from democratic.thread.actions import follow
from democratic.thread.addresses import public_url
from democratic.thread.models import Follow, Record

CHILDHOOD = 15


@transaction.atomic
def ask_parent(*, record: Record, child: Person, email: str, language: str, clock: Clock) -> JointAgreement:
    """One message to the parent. The child's own address is not asked yet: nothing of her is kept."""
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise Refusal(
            _("Cette adresse n’est pas complète. Elle ressemble à prenom@exemple.fr."), field="email"
        ) from error
    Person.objects.select_for_update().get(pk=child.pk)
    known = JointAgreement.objects.filter(child=child).select_related("authority").first()
    if known is not None and known.confirmed_at is not None:
        raise Conflict(_("Un parent a déjà donné son accord avec vous. Retirez-le d’abord."))
    if known is not None:
        _drop(known, by=ConsentSource.TERM, clock=clock)
    address = address_for_one_message(email=email, language=language)
    agreement = JointAgreement.objects.create(
        authority=record.authority, record=record, child=child, parent=address.person, asked_at=clock.now()
    )
    text = asking_text(_link(agreement, language), record.code, record.authority.name, language)
    queue_messages([Notice(record.authority, address, PARENT_ASKED, text.subject, text.body)])
    return agreement


def _link(agreement: JointAgreement, language: str) -> str:
    return public_url(agreement.authority, f"/accord/parent/{token_of(agreement, PARENT)}", language)


def _locked(agreement: JointAgreement, clock: Clock) -> JointAgreement:
    found = JointAgreement.objects.select_for_update(of=("self",)).filter(pk=agreement.pk)
    locked = found.select_related("authority", "record__authority", "child", "parent").first()
    if locked is None or is_over(locked, clock.now()):
        raise Conflict(_("Cette demande n’attend plus de réponse."))
    return locked


@transaction.atomic
def agree_as_parent(*, agreement: JointAgreement, turns_15_on: date, wording: str, clock: Clock) -> None:
    """Her half. The link proved that the address is hers; the child has still to say yes."""
    locked = _locked(agreement, clock)
    if locked.agreed_at is not None:
        raise Conflict(_("Vous avez déjà donné votre accord."))
    now = clock.now()
    today = local_day(now, locked.authority.time_zone)
    if turns_15_on <= today:
        raise Refusal(_("À 15 ans, votre enfant décide sans vous."), field="turns_15_on")
    if turns_15_on.year - today.year > CHILDHOOD:
        raise Refusal(_("Donnez le jour de ses 15 ans : il vient avant 15 ans d’ici."), field="turns_15_on")
    address = locked.parent.addresses.get()
    address = leave_address(
        person=locked.parent, email=address.email, purpose=Purpose.CHILD_TOLD, wording=wording,
        language=address.language, clock=clock, source=ConsentSource.PARENT,
    )  # fmt: skip
    prove_address(address=address, clock=clock)
    locked.agreed_at, locked.turns_15_on = now, turns_15_on
    locked.save(update_fields=["agreed_at", "turns_15_on"])


@transaction.atomic
def confirm_as_child(
    *, agreement: JointAgreement, email: str, wording: str, language: str, clock: Clock
) -> ContactAddress:
    """Her half, after her parent's. Only now is something of her kept: an address, and what she follows."""
    locked = _locked(agreement, clock)
    if locked.agreed_at is None:
        raise Conflict(_("Votre parent n’a pas encore répondu."))
    if locked.confirmed_at is not None:
        raise Conflict(_("C’est déjà confirmé."))
    if locked.parent.addresses.filter(email__iexact=email.strip()).exists():
        raise Refusal(
            _("C’est l’adresse de votre parent. Donnez la vôtre, ou gardez seulement le code."), field="email"
        )
    Person.objects.filter(pk=locked.child_id).update(age_band=AgeBand.UNDER_15)
    locked.child.age_band = AgeBand.UNDER_15
    address = leave_address(
        person=locked.child, email=email, purpose=Purpose.NOTICES, wording=wording, language=language,
        clock=clock, source=ConsentSource.JOINT,
    )  # fmt: skip
    follow(record=locked.record, person=locked.child)
    locked.confirmed_at = clock.now()
    locked.save(update_fields=["confirmed_at"])
    return address


@transaction.atomic
def take_back_agreement(*, agreement: JointAgreement, by: ConsentSource, clock: Clock) -> None:
    """By either of the two, at once: addresses and follows go, and the anonymous words alone stay."""
    locked = JointAgreement.objects.select_for_update(of=("self",)).filter(pk=agreement.pk).first()
    if locked is None:
        raise Conflict(_("Cet accord n’existe plus."))
    _drop(locked, by=by, clock=clock)


def _drop(agreement: JointAgreement, *, by: ConsentSource, clock: Clock) -> None:
    both = [agreement.child_id, agreement.parent_id]
    drop_addresses(person_ids=both, now=clock.now(), source=by)
    Follow.objects.filter(person__in=both).delete()
    Person.objects.filter(pk=agreement.child_id).update(age_band=AgeBand.UNSAID)
    agreement.delete()


@transaction.atomic
def leave_agreements(*, person_ids: Collection[UUID], clock: Clock) -> None:
    """Who erases what is kept of her, child or parent, ends what she had agreed to."""
    hers = Q(child__in=person_ids) | Q(parent__in=person_ids)
    for agreement in JointAgreement.objects.select_for_update(of=("self",)).filter(hers):
        _drop(agreement, by=ConsentSource.LEFT, clock=clock)


def let_fifteen_decide(*, clock: Clock) -> int:
    """Those who are 15 since midnight where they agreed. Each in a transaction of its own; twice does no more."""
    waiting = JointAgreement.objects.filter(turns_15_on__isnull=False).select_related("authority")
    now, done = clock.now(), 0
    for agreement in waiting:
        if is_fifteen(agreement, now):
            done += _turn_fifteen(agreement, clock)
    return done


@transaction.atomic
def _turn_fifteen(agreement: JointAgreement, clock: Clock) -> int:
    """She decides alone from today: her parent's part ends, the date goes, and both are told where they may be."""
    found = JointAgreement.objects.select_for_update(of=("self",)).filter(pk=agreement.pk)
    locked = found.select_related("authority", "child", "parent").first()
    if locked is None:
        return 0
    if locked.confirmed_at is None:
        _drop(locked, by=ConsentSource.TERM, clock=clock)
        return 1
    Person.objects.filter(pk=locked.child_id).update(age_band=AgeBand.TEENS)
    for person, is_parent in ((locked.child, False), (locked.parent, True)):
        for address in person.addresses.filter(confirmed_at__isnull=False, stopped_at=None):
            text = fifteen_text(locked.authority.name, address.language, is_parent=is_parent)
            queue_messages([Notice(locked.authority, address, TURNED_15, text.subject, text.body)])
    Consent.objects.filter(person=locked.parent, withdrawn_at=None).update(
        withdrawn_at=clock.now(), withdrawn_by=ConsentSource.TERM
    )
    # Not confirmed any more: this last message may leave, nothing else, and the address goes the night after.
    ContactAddress.objects.filter(person=locked.parent).update(confirmed_at=None)
    locked.delete()
    return 1


def forget_waiting_agreements() -> int:
    """Asked for, and never agreed by both: the parent's address goes with the request."""
    waiting = JointAgreement.objects.filter(confirmed_at=None, asked_at__lt=Now() - WAITS)
    parents = list(waiting.values_list("parent_id", flat=True))
    Person.objects.filter(pk__in=parents).delete()
    return len(parents)
