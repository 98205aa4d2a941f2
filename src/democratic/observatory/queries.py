"""Reads of observatories: who sits, what was heard, what was found, and where it differs from what is said."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from democratic.observatory.models import Hearing, Observatory, Seat, Verdict
from democratic.observatory.states import Says, disagrees
from democratic.participation.commitments.models import Commitment, Evidence
from democratic.participation.commitments.queries import only, standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.thread.models import Authority, LinkKind, Record
from democratic.thread.queries.attachments import with_attachments
from democratic.thread.rules import Viewer, visible_records

MOST = 200
PAGE = 20
_WORDS = ("record__wording", "record__authority")


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


def hearings_of(observatories: Collection[UUID]) -> list[Hearing]:
    found = Hearing.objects.filter(observatory__in=observatories).select_related(*_WORDS)
    return list(found.order_by("-held_on", "-pk")[:MOST])


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


def _verdicts() -> QuerySet[Verdict]:
    related = (*_WORDS, "observatory__record__wording", "commitment__record__wording", "reply")
    return Verdict.objects.select_related(*related).prefetch_related("dissenters__seat")


def get_verdict_for(viewer: Viewer, code: str) -> Verdict:
    """Raises RecordNotFound."""
    return only(_verdicts().select_related("commitment__record__withdrawal"), viewer, code)


def versions_of(verdict: Verdict) -> list[Verdict]:
    found = Verdict.objects.filter(observatory=verdict.observatory_id, commitment=verdict.commitment_id)
    return list(found.select_related("record").order_by("version")[:MOST])


def holding_verdicts(commitments: Collection[UUID]) -> dict[UUID, list[Verdict]]:
    """The latest of each observatory, by commitment."""
    later = Verdict.objects.filter(
        observatory=OuterRef("observatory"),
        commitment=OuterRef("commitment"),
        version__gt=OuterRef("version"),
    )
    found = _verdicts().filter(~Exists(later), commitment__in=commitments).order_by("pk")
    by: dict[UUID, list[Verdict]] = {}
    for verdict in found:
        by.setdefault(verdict.commitment_id, []).append(verdict)
    return by


def evidence_linked(verdict: Verdict, kind: LinkKind) -> list[Record]:
    found = Record.objects.filter(links_in__source=verdict.pk, links_in__kind=kind, links_in__ended_by=None)
    return list(found.select_related("wording").order_by("pk")[:MOST])


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict beside what the authority says today."""

    verdict: Verdict
    standing: str

    @property
    def disagrees(self) -> bool:
        return disagrees(self.verdict.says, self.standing)


def beside_the_authority(verdicts: Iterable[Verdict], today: date) -> list[Judged]:
    """Two queries, whatever their number: withdrawals come with the commitments."""
    told = list(verdicts)
    dues = dues_of([each.commitment_id for each in told], today)
    return [
        Judged(
            each,
            standing_of(each.commitment.record, dues.get((each.commitment_id, Owed.COMMITMENT))),
        )
        for each in told
    ]


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that an authority's observatories hold today: counted, and a page of it."""

    counts: dict[str, int]
    disagreeing: int
    matching: int
    rows: tuple[Judged, ...]


def judgements(
    authority: Authority, today: date, *, says: Collection[str] = (), only_disagreeing: bool = False,
    observatory: UUID | None = None, offset: int = 0, limit: int = PAGE,
) -> Judgements:  # fmt: skip
    """The latest verdicts, newest first. A territory judges hundreds of commitments, not hundreds of thousands."""
    later = Verdict.objects.filter(
        observatory=OuterRef("observatory"),
        commitment=OuterRef("commitment"),
        version__gt=OuterRef("version"),
    )
    found = (
        _verdicts()
        .select_related("commitment__record__withdrawal")
        .filter(~Exists(later), record__authority=authority)
    )
    if observatory is not None:
        found = found.filter(observatory=observatory)
    told = beside_the_authority(found.order_by("-decided_on", "-pk"), today)
    counts = Counter(each.verdict.says for each in told)
    kept = [
        each
        for each in told
        if (not says or each.verdict.says in says) and (each.disagrees or not only_disagreeing)
    ]
    return Judgements(
        {value: counts[value] for value in Says.values},
        sum(each.disagrees for each in told),
        len(kept),
        tuple(kept[offset : offset + limit]),
    )


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


def commitments_to_judge(viewer: Viewer) -> list[Commitment]:
    found = Commitment.objects.filter(record__in=visible_records(viewer)).select_related("record__wording")
    return list(found.order_by("pk")[:MOST])


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


def latest_given(viewer: Viewer, limit: int) -> list[Verdict]:
    """For feeds: each version, the newest first."""
    found = _verdicts().filter(record__in=visible_records(viewer))
    return list(found.order_by("-pk")[:limit])


def dissenters_of(verdict: Verdict) -> list[dict[str, Any]]:
    return [{"name": each.seat.name} for each in verdict.dissenters.all()]
