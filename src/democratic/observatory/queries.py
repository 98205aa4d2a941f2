"""Reads of observatories: who sits, what was heard, what was found."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from democratic.observatory.models import Hearing, Observatory, Seat, Verdict
from democratic.participation.commitments.models import Commitment, Evidence
from democratic.participation.commitments.queries import only
from democratic.thread.models import Authority, LinkKind, Record
from democratic.thread.queries.attachments import with_attachments
from democratic.thread.rules import Viewer, visible_records

MOST = 200
PAGE = 20
_WORDS = ("record__wording", "record__authority")


def has_observatory(authority: Authority) -> bool:
    return Observatory.objects.filter(authority=authority).exists()


def observatories_of(authority: Authority) -> list[Observatory]:
    found = Observatory.objects.filter(authority=authority)
    return list(found.select_related(*_WORDS, "body__record", "closing").order_by("pk")[:MOST])


def get_observatory_for(viewer: Viewer, code: str) -> Observatory:
    """Raises RecordNotFound."""
    found = Observatory.objects.select_related(*_WORDS, "authority", "body__record", "closing")
    return only(found, viewer, code)


def public_seats(observatory: Observatory) -> list[Seat]:
    """Who sits first, then who sat; what nobody accepted is not public."""
    seats = observatory.seats.filter(since__isnull=False)
    return list(seats.order_by(F("until").desc(nulls_first=True), "since", "pk")[:MOST])


def sitting(observatory: Observatory, today: date) -> list[Seat]:
    return [each for each in public_seats(observatory) if each.until is None and each.term_ends_on >= today]


def hearings_of(observatories: Collection[UUID], *, limit: int = MOST) -> list[Hearing]:
    found = Hearing.objects.filter(observatory__in=observatories).select_related(*_WORDS)
    return list(found.order_by("-held_on", "-pk")[:limit])


def get_hearing_for(viewer: Viewer, code: str) -> Hearing:
    """Raises RecordNotFound."""
    found = Hearing.objects.select_related(*_WORDS, "observatory__record__wording", "observatory__authority")
    return only(found.prefetch_related("corrections", with_attachments("record__attachments")), viewer, code)


def heard_about(commitment: UUID) -> list[Hearing]:
    linked = Record.objects.filter(
        links_in__kind=LinkKind.DISCUSSED_IN, links_in__source=commitment, links_in__ended_by=None
    )
    found = Hearing.objects.filter(record__in=linked).select_related(*_WORDS)
    return list(found.order_by("held_on", "pk")[:MOST])


def commitments_heard(hearing: Hearing) -> list[Record]:
    found = Record.objects.filter(
        links_out__kind=LinkKind.DISCUSSED_IN, links_out__target=hearing.pk, links_out__ended_by=None
    )
    return list(found.select_related("wording").order_by("pk")[:MOST])


def with_words(found: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """With all that a row of a list says of each."""
    related = (*_WORDS, "observatory__record__wording", "commitment__record__wording", "reply")
    return found.select_related(*related)


def _verdicts() -> QuerySet[Verdict]:
    return with_words(Verdict.objects.all()).prefetch_related("dissenters__seat")


def get_verdict_for(viewer: Viewer, code: str) -> Verdict:
    """Raises RecordNotFound."""
    return only(_verdicts().select_related("commitment__record__withdrawal"), viewer, code)


def versions_of(verdict: Verdict) -> list[Verdict]:
    found = Verdict.objects.filter(observatory=verdict.observatory_id, commitment=verdict.commitment_id)
    return list(found.select_related("record").order_by("version")[:MOST])


def latest_verdicts() -> QuerySet[Verdict]:
    """Of each observatory on each commitment, the version that no other followed."""
    later = Verdict.objects.filter(
        observatory=OuterRef("observatory"),
        commitment=OuterRef("commitment"),
        version__gt=OuterRef("version"),
    )
    return Verdict.objects.filter(~Exists(later))


def holding_verdicts(commitments: Collection[UUID]) -> dict[UUID, list[Verdict]]:
    """The latest of each observatory, by commitment."""
    found = with_words(latest_verdicts()).filter(commitment__in=commitments).order_by("pk")
    by: dict[UUID, list[Verdict]] = {}
    for verdict in found:
        by.setdefault(verdict.commitment_id, []).append(verdict)
    return by


def evidence_linked(verdict: Verdict, kind: LinkKind) -> list[Record]:
    found = Record.objects.filter(links_in__source=verdict.pk, links_in__kind=kind, links_in__ended_by=None)
    return list(found.select_related("wording").order_by("pk")[:MOST])


def awaiting(observatory: Observatory, *, limit: int = PAGE) -> tuple[list[Commitment], int]:
    """Commitments on which this observatory found nothing yet, the oldest first; and how many there are."""
    judged = Verdict.objects.filter(observatory=observatory, commitment=OuterRef("pk"))
    found = Commitment.objects.filter(
        ~Exists(judged),
        record__authority=observatory.authority_id,
        record__visibility="public",
        record__audience__is_public=True,
    )
    rows = found.select_related("record__wording", "service").order_by("pk")
    return list(rows[:limit]), found.count()


def commitments_to_judge(viewer: Viewer) -> QuerySet[Commitment]:
    """The oldest first, those that were judged too. To be cut: there may be any number of them."""
    found = Commitment.objects.filter(record__in=visible_records(viewer)).select_related("record__wording")
    return found.order_by("pk")


def evidence_about(commitment: Commitment) -> list[Evidence]:
    found = Evidence.objects.filter(subject=commitment.record) | Evidence.objects.filter(
        subject__action__commitment=commitment
    )
    return list(found.select_related("record__wording").order_by("pk")[:MOST])


def seats_held(person_ids: Collection[UUID], authority: Authority, today: date) -> list[Seat]:
    held = Seat.objects.filter(
        person__in=person_ids,
        observatory__authority=authority,
        observatory__closing=None,
        since__lte=today,
        until=None,
        term_ends_on__gte=today,
    )
    return list(held.select_related("observatory__record__wording").order_by("pk"))


def given_about(records: Collection[UUID], *, but: Collection[UUID] = (), limit: int = MOST) -> list[Verdict]:
    """What everyone may read, at every authority, on these commitments, of these observatories or processes."""
    shown = Q(record__visibility="public", record__audience__is_public=True)
    found = _verdicts().filter(shown, _about(records)).exclude(_about(but))
    return list(found.order_by("-pk")[:limit])


def _about(records: Collection[UUID]) -> Q:
    return (
        Q(pk__in=records)
        | Q(commitment__in=records)
        | Q(observatory__in=records)
        | Q(commitment__process__in=records)
    )


def latest_given(viewer: Viewer, limit: int) -> list[Verdict]:
    """For feeds: each version, the newest first."""
    found = _verdicts().filter(record__in=visible_records(viewer))
    return list(found.order_by("-pk")[:limit])
