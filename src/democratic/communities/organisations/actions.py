"""Organisations: opened by the authority, kept by their members, spoken for under a mandate that all can read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.events import (
    MANDATE_TO_SPEAK_ENDED,
    MANDATE_TO_SPEAK_GIVEN,
    ORGANISATION_OPENED,
)
from democratic.communities.organisations.models import JoinLink, Membership, Organisation, SpeakingMandate
from democratic.communities.organisations.queries import hash_of, membership_in
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import BELONGING, JOINING
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Account, Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import NewRecord, Words, append_entry, open_record, reword_record
from democratic.thread.actions.records import bump_pages_of, refuse_if_withdrawn
from democratic.thread.models import Audience, AudienceMember, Authority, Kind, Opening

LINK_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Joining:
    """``secret`` is shown this once, to be given by hand."""

    link: JoinLink
    secret: str


@transaction.atomic
def open_organisation(
    *, authority: Authority, sort: Organisation.Sort, words: Words, clock: Clock
) -> Organisation:
    name = clean_line(words.title)
    if not name:
        raise Refusal(_("Donnez son nom."), field="title")
    record = open_record(
        NewRecord(
            authority=authority,
            kind=Kind.ORGANISATION,
            words=words,
            event=ORGANISATION_OPENED,
            state=sort,
            is_institutional=True,
        ),
        clock=clock,
    )
    audience = Audience.objects.create(authority=authority, name=name[:120])
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                record=record, authority=authority, name=name, sort=sort, audience=audience
            )
    except IntegrityError as clash:
        raise Conflict(_("Une organisation porte déjà ce nom ici."), field="title") from clash


@transaction.atomic
def describe_organisation(*, organisation: Organisation, words: Words, clock: Clock) -> Organisation:
    """Its name and purpose, in a new version; the earlier ones stay readable."""
    name = clean_line(words.title)
    if not name:
        raise Refusal(_("Donnez son nom."), field="title")
    refuse_if_withdrawn(organisation.record)
    reword_record(record=organisation.record, words=words, clock=clock, is_institutional=True)
    try:
        with transaction.atomic():
            Organisation.objects.filter(pk=organisation.pk).update(name=name)
    except IntegrityError as clash:
        raise Conflict(_("Une organisation porte déjà ce nom ici."), field="title") from clash
    organisation.name = name
    return organisation


@transaction.atomic
def make_join_link(
    *, organisation: Organisation, place: Membership.Place, by: Person | None, clock: Clock
) -> Joining:
    refuse_if_withdrawn(organisation.record)
    secret, now = new_claim_secret(), clock.now()
    link = JoinLink.objects.create(
        organisation=organisation,
        place=place,
        secret_hash=hash_of(secret),
        made_by=by,
        made_at=now,
        expires_at=now + LINK_LIFE,
    )
    return Joining(link, secret)


@transaction.atomic
def join(*, link: JoinLink, account: Account, clock: Clock) -> Membership:
    """The link serves once. Who is a member already keeps her place, or takes the wider one that it gives."""
    locked = JoinLink.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=link.pk)
    now = clock.now()
    if locked.used_at is not None or locked.expires_at <= now:
        raise Conflict(_("Ce lien n’est plus valable. Demandez-en un autre."))
    refuse_unless(Door.JOIN, regime_of(account.person.age_band, says_15=True))
    locked.used_at = now
    locked.save(update_fields=["used_at"])
    organisation, person = locked.organisation, account.person
    today = local_day(now, organisation.authority.time_zone)
    known = membership_in(organisation, person_and_claimed(person))
    if known is not None:
        if locked.place == Membership.Place.EDITOR and known.place != locked.place:
            known.place = locked.place
            known.save(update_fields=["place"])
        return known
    AudienceMember.objects.get_or_create(
        audience=organisation.audience, person=person, until=None, defaults={"since": now}
    )
    return Membership.objects.create(
        organisation=organisation, person=person, place=locked.place, since=today
    )


@transaction.atomic
def hand_over_page(*, keeper: Membership, to: Membership) -> Membership:
    """Another member keeps the page from now on, instead of her who did."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=keeper.organisation_id)
    held = Membership.objects.filter(organisation=keeper.organisation_id, until=None)
    if not held.filter(pk=keeper.pk, place=Membership.Place.EDITOR).exists():
        raise Conflict(_("Vous ne tenez plus cette page."))
    if to.pk == keeper.pk or not held.filter(pk=to.pk).exists():
        raise Conflict(_("Choisissez un autre membre : cette personne n’en est plus, ou c’est vous."))
    held.filter(pk=to.pk).update(place=Membership.Place.EDITOR)
    held.filter(pk=keeper.pk).update(place=Membership.Place.MEMBER)
    to.place = Membership.Place.EDITOR
    return to


@transaction.atomic
def end_membership(*, membership: Membership, clock: Clock) -> None:
    """Who leaves speaks for it no more; the last who keeps the page hands it over first."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    locked = Membership.objects.select_for_update().filter(pk=membership.pk, until=None).first()
    if locked is None:
        raise Conflict(_("Cette personne n’en est déjà plus membre."))
    editors = organisation.memberships.filter(place=Membership.Place.EDITOR, until=None)
    others = organisation.memberships.filter(until=None).exclude(pk=locked.pk)
    is_last_editor = locked.place == Membership.Place.EDITOR and not editors.exclude(pk=locked.pk).exists()
    if is_last_editor and others.exists():
        raise Conflict(_("Quelqu’un doit tenir la page : confiez-la d’abord à un autre membre."))
    now = clock.now()
    locked.until = local_day(now, organisation.authority.time_zone)
    locked.save(update_fields=["until"])
    AudienceMember.objects.filter(audience=organisation.audience, person=locked.person, until=None).update(
        until=now
    )
    for mandate in organisation.mandates_to_speak.filter(person=locked.person, until=None):
        end_mandate_to_speak(mandate=mandate, clock=clock)


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
def leave_organisations(*, person_ids: Collection[UUID], without_name: bool, clock: Clock) -> None:
    """Who closes her account belongs to nothing and speaks for nobody; her name goes too when she asks for it."""
    mandates = SpeakingMandate.objects.filter(person__in=person_ids)
    for mandate in mandates.filter(until=None):
        end_mandate_to_speak(mandate=mandate, clock=clock)
    if without_name:
        for mandate in mandates.select_related("organisation__record"):
            erase_speaker(mandate=mandate)
    mandates.update(person=None)
    Membership.objects.filter(person__in=person_ids).delete()


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


def forget_old_join_links() -> int:
    ended = Now() - timedelta(days=JOINING.term.length)
    deleted, _rows = JoinLink.objects.filter(expires_at__lt=ended).delete()
    return deleted


def forget_old_memberships() -> int:
    ended = Now() - timedelta(days=BELONGING.term.length)
    deleted, _rows = Membership.objects.filter(until__lt=ended).delete()
    return deleted
