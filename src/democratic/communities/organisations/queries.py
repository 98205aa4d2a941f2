from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.communities.organisations.models import JoinLink, Membership, Organisation, SpeakingMandate
from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import NotAllowed
from democratic.thread.models import Authority, LinkKind, Record
from democratic.thread.queries import Card
from democratic.thread.queries.records import cards
from democratic.thread.rules import Viewer, visible_records

_RUNNING = Q(mandates_to_speak__since__isnull=False, mandates_to_speak__until=None)


def organisations_for(viewer: Viewer, *, sort: str = "") -> QuerySet[Organisation]:
    """By name, with how many people may speak for each (``speakers``)."""
    shown = Organisation.objects.filter(record__in=visible_records(viewer))
    if sort in Organisation.Sort.values:
        shown = shown.filter(sort=sort)
    return (
        shown.select_related("record__wording")
        .annotate(speakers=Count("mandates_to_speak", filter=_RUNNING))
        .order_by("name", "pk")
    )


def get_organisation_for(viewer: Viewer, code: str) -> Organisation | None:
    return organisations_for(viewer).filter(record__code=code).first()


def hash_of(secret: str) -> str:
    return keyed_hash("join", read_claim_secret(secret))


def open_link(authority: Authority, secret: str, now: datetime) -> JoinLink | None:
    """None for one that never was, is used or too old: they look alike."""
    found = JoinLink.objects.filter(
        organisation__authority=authority, secret_hash=hash_of(secret), used_at=None, expires_at__gt=now
    )
    return found.select_related("organisation__record__wording").first()


def membership_in(organisation: Organisation, person_ids: Collection[UUID]) -> Membership | None:
    """The running one, under whichever of a person's identities."""
    return Membership.objects.filter(organisation=organisation, person__in=person_ids, until=None).first()


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    running = organisation.memberships.filter(until=None)
    return running.select_related("person__account").order_by("-place", "person__name", "pk")


def memberships_of(person_ids: Collection[UUID]) -> QuerySet[Membership]:
    mine = Membership.objects.filter(person__in=person_ids, until=None)
    return mine.select_related("organisation__record__authority").order_by("organisation__name")


def speakers_of(organisation: Organisation) -> list[SpeakingMandate]:
    """Whoever speaks, or spoke, for it, those who still do first; what was only proposed is not public."""
    accepted = organisation.mandates_to_speak.filter(since__isnull=False)
    return list(accepted.order_by(F("until").desc(nulls_first=True), "-since", "pk"))


def proposed_to(person_ids: Collection[UUID]) -> list[SpeakingMandate]:
    waiting = SpeakingMandate.objects.filter(person__in=person_ids, since=None, until=None)
    return list(waiting.select_related("organisation__record__authority").order_by("proposed_on", "pk"))


def mandates_held(person_ids: Collection[UUID], authority: Authority) -> list[SpeakingMandate]:
    """For which organisations of this authority one may speak now."""
    held = SpeakingMandate.objects.filter(
        person__in=person_ids, organisation__authority=authority, since__isnull=False, until=None
    )
    return list(held.select_related("organisation__record").order_by("organisation__name"))


def refuse_unless_speaking(mandate: SpeakingMandate, person_ids: Sequence[UUID], today: date) -> None:
    """Read again under the row's lock, so that no word is signed after the mandate ended."""
    running = SpeakingMandate.objects.select_for_update().filter(
        pk=mandate.pk, person__in=person_ids, since__lte=today, until=None
    )
    if not running.exists():
        raise NotAllowed(
            _("Vous ne parlez plus au nom de cette organisation. Choisissez votre propre nom."),
            field="speaks_for",
        )


def said_for(viewer: Viewer, organisation: Organisation, *, limit: int) -> list[Card]:
    """What was said in its name, the newest first."""
    spoken: QuerySet[Record] = visible_records(viewer).filter(
        links_out__kind=LinkKind.SPOKEN_FOR,
        links_out__target=organisation.record_id,
        links_out__ended_by=None,
    )
    return cards(spoken.order_by("-happened_at", "-id")[:limit])
