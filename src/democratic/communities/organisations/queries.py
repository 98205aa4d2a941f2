from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Sign
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


def list_organisations(
    viewer: Viewer, *, sort: str, offset: int, limit: int
) -> tuple[list[Organisation], int]:
    found = organisations_for(viewer, sort=sort)
    return list(found[offset : offset + limit]), found.count()


def get_organisation_for(viewer: Viewer, code: str) -> Organisation | None:
    """With its house, where it has one."""
    return organisations_for(viewer).select_related("house").filter(record__code=code).first()


def list_with_keepers(viewer: Viewer, *, offset: int, limit: int) -> tuple[list[Organisation], int]:
    """Those that nobody keeps first; each with how many people keep its page (``keepers``)."""
    keeping = Q(memberships__place=Membership.Place.EDITOR, memberships__until=None)
    shown = Organisation.objects.filter(record__in=visible_records(viewer)).select_related(
        "record__wording", "record__withdrawal", "house"
    )
    counted = shown.annotate(keepers=Count("memberships", filter=keeping))
    ordered = counted.order_by(Sign("keepers"), "name", "pk")
    return list(ordered[offset : offset + limit]), shown.count()


def spoken_for(viewer: Viewer, record: Record) -> Record | None:
    """The organisation in whose name this was said."""
    return (
        visible_records(viewer)
        .filter(links_in__kind=LinkKind.SPOKEN_FOR, links_in__source=record, links_in__ended_by=None)
        .select_related("wording")
        .first()
    )


def hash_of(secret: str) -> str:
    return keyed_hash("join", read_claim_secret(secret))


def open_link(authority: Authority, secret: str, now: datetime) -> JoinLink | None:
    """None for one that never was, is used or too old: they look alike."""
    found = JoinLink.objects.filter(
        organisation__authority=authority,
        organisation__record__withdrawal=None,
        secret_hash=hash_of(secret),
        used_at=None,
        expires_at__gt=now,
    )
    return found.select_related("organisation__record__wording").first()


def membership_in(organisation: Organisation, person_ids: Collection[UUID]) -> Membership | None:
    """The running one, under whichever of a person's identities."""
    return Membership.objects.filter(organisation=organisation, person__in=person_ids, until=None).first()


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who keeps the page first."""
    running = organisation.memberships.filter(until=None)
    keeps = Case(When(place=Membership.Place.EDITOR, then=0), default=1)
    return running.select_related("person__account").order_by(keeps, "person__name", "pk")


def running_mandates(organisation: Organisation) -> list[SpeakingMandate]:
    """What was given, and what waits for a yes: for its members alone."""
    return list(organisation.mandates_to_speak.filter(until=None).order_by("proposed_on", "pk"))


def memberships_of(person_ids: Collection[UUID]) -> QuerySet[Membership]:
    mine = Membership.objects.filter(person__in=person_ids, until=None)
    return mine.select_related("organisation__record__authority", "organisation__house").order_by(
        "organisation__name", "pk"
    )


def speakers_of(organisation: Organisation) -> list[SpeakingMandate]:
    """Whoever speaks, or spoke, for it, those who still do first; what was only proposed is not public."""
    accepted = organisation.mandates_to_speak.filter(since__isnull=False)
    return list(accepted.order_by(F("until").desc(nulls_first=True), "-since", "pk"))


def proposed_to(person_ids: Collection[UUID], authority: Authority) -> list[SpeakingMandate]:
    waiting = SpeakingMandate.objects.filter(
        person__in=person_ids, organisation__authority=authority, since=None, until=None
    )
    return list(waiting.select_related("organisation__record__authority").order_by("proposed_on", "pk"))


def mandates_held(person_ids: Collection[UUID], authority: Authority) -> list[SpeakingMandate]:
    """For which organisations of this authority one may speak now."""
    held = SpeakingMandate.objects.filter(
        person__in=person_ids,
        organisation__authority=authority,
        organisation__record__withdrawal=None,
        since__isnull=False,
        until=None,
    )
    return list(held.select_related("organisation__record").order_by("organisation__name"))


def refuse_unless_speaking(mandate: SpeakingMandate, person_ids: Sequence[UUID], today: date) -> None:
    """Read again under the row's lock, so that no word is signed after the mandate ended."""
    running = SpeakingMandate.objects.select_for_update(of=("self",)).filter(
        pk=mandate.pk,
        person__in=person_ids,
        organisation__record__withdrawal=None,
        since__lte=today,
        until=None,
    )
    if running.first() is None:
        raise NotAllowed(
            _("Vous ne parlez plus au nom de cette organisation. Choisissez votre propre nom."),
            field="speaks_for",
        )


def said_for(
    viewer: Viewer, organisation: Organisation, *, offset: int = 0, limit: int
) -> tuple[list[Card], int]:
    """What was said in its name, the newest first; and how many times it spoke."""
    spoken: QuerySet[Record] = visible_records(viewer).filter(
        links_out__kind=LinkKind.SPOKEN_FOR,
        links_out__target=organisation.record_id,
        links_out__ended_by=None,
    )
    return cards(spoken.order_by("-happened_at", "-id")[offset : offset + limit]), spoken.count()
