"""The mandate to speak: offered, accepted, ended, in public."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.events import MANDATE_TO_SPEAK_ENDED, MANDATE_TO_SPEAK_GIVEN
from democratic.communities.organisations.models import Membership, Organisation, SpeakingMandate
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Person
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of, refuse_if_withdrawn
from democratic.thread.models import Opening


@transaction.atomic
def propose_to_speak(*, membership: Membership, name: str, function: str, clock: Clock) -> SpeakingMandate:
    """Offer a member to speak for the organisation. Nothing is public until she accepts."""
    said_name, said_function = clean_line(name)[:80], clean_line(function)[:120]
    if not said_name:
        raise Refusal(_("Donnez le nom qui sera montré."), field="name")
    if not said_function:
        raise Refusal(_("Donnez sa fonction : « présidente », « porte-parole »."), field="function")
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    refuse_if_withdrawn(organisation.record)
    if not Membership.objects.filter(pk=membership.pk, until=None).exists():
        raise Conflict(_("Cette personne n’en est plus membre."))
    if organisation.mandates_to_speak.filter(person=membership.person, until=None).exists():
        raise Conflict(_("Cette personne a déjà une habilitation, ou une proposition en attente."))
    refuse_unless(Door.SPEAK, regime_of(membership.person.age_band, says_15=True))
    return SpeakingMandate.objects.create(
        organisation=organisation,
        person=membership.person,
        name=said_name,
        function=said_function,
        proposed_on=local_day(clock.now(), organisation.authority.time_zone),
    )


@transaction.atomic
def accept_to_speak(
    *, mandate: SpeakingMandate, person_ids: Collection[UUID], clock: Clock
) -> SpeakingMandate:
    """From this day on she may speak for it, in public and under the name that she accepts."""
    locked = (
        SpeakingMandate.objects.select_for_update(of=("self",))
        .select_related("organisation__record__authority")
        .get(pk=mandate.pk)
    )
    if locked.person_id not in person_ids:
        raise NotAllowed(_("Cette habilitation est proposée à une autre personne."))
    if locked.since is not None or locked.until is not None:
        raise Conflict(_("Cette habilitation n’attend plus de réponse."))
    bands = Person.objects.filter(pk__in=person_ids).values_list("age_band", flat=True)
    refuse_unless(Door.SPEAK, regime_of(*bands, says_15=True))
    now, record = clock.now(), locked.organisation.record
    refuse_if_withdrawn(record)
    locked.since = local_day(now, record.authority.time_zone)
    locked.save(update_fields=["since"])
    append_entry(
        MANDATE_TO_SPEAK_GIVEN,
        record=record,
        now=now,
        data={"since": locked.since.isoformat()},
        words={"name": locked.name, "function": locked.function},
    )
    bump_pages_of(record)
    return locked


@transaction.atomic
def end_mandate_to_speak(*, mandate: SpeakingMandate, clock: Clock) -> None:
    """By who keeps the page or by herself; what was said under it stays said under it."""
    locked = (
        SpeakingMandate.objects.select_for_update(of=("self",))
        .select_related("organisation__record__authority")
        .get(pk=mandate.pk)
    )
    if locked.until is not None:
        raise Conflict(_("Cette habilitation est déjà terminée."))
    now, record = clock.now(), locked.organisation.record
    locked.until = local_day(now, record.authority.time_zone)
    locked.save(update_fields=["until"])
    if locked.since is None:
        return  # it was never public
    append_entry(
        MANDATE_TO_SPEAK_ENDED,
        record=record,
        now=now,
        data={"since": locked.since.isoformat(), "until": locked.until.isoformat()},
        words={"name": locked.name, "function": locked.function},
    )
    bump_pages_of(record)


@transaction.atomic
def erase_speaker(*, mandate: SpeakingMandate) -> None:
    """Her name goes from the page and from the journal, where what it proved stays proved."""
    Opening.objects.filter(
        entry__record=mandate.organisation.record,
        entry__kind__in=(MANDATE_TO_SPEAK_GIVEN.kind, MANDATE_TO_SPEAK_ENDED.kind),
        part="name",
        value=mandate.name,
    ).delete()
    SpeakingMandate.objects.filter(pk=mandate.pk).update(name="")
    note_erasure(ErasureKind.SPEAKER, [mandate.pk])
    bump_pages_of(mandate.organisation.record)
