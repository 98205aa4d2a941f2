"""Verdicts: given by members, one version after another; the authority may reply, once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.observatory.actions.running import lock_running
from democratic.observatory.events import VERDICT_GIVEN, VERDICT_REPLIED
from democratic.observatory.models import Dissenter, Observatory, Reply, Seat, Verdict
from democratic.observatory.rules import refuse_unless_sitting
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment, Evidence
from democratic.participation.commitments.queries import standing_of
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import dues_of
from democratic.thread.actions import NewRecord, Words, append_entry, bump_pages_of, link, open_record
from democratic.thread.models import Entry, Kind, LinkKind, Record


@dataclass(frozen=True, slots=True)
class Finding:
    """What was decided, on which day, by how many votes, from what evidence, and what the minority says."""

    says: Says
    reasons: str
    decided_on: date
    votes_for: int
    votes_against: int = 0
    abstentions: int = 0
    proved_by: Sequence[Evidence] = ()
    contradicted: Sequence[Evidence] = ()
    minority: str = ""
    dissenters: Sequence[Seat] = ()
    language: str = "fr"


@transaction.atomic
def give_verdict(
    *,
    observatory: Observatory,
    commitment: Commitment,
    finding: Finding,
    person_ids: Collection[UUID],
    clock: Clock,
) -> Verdict:
    """A new version: what was found before stays readable at its own address."""
    locked = lock_running(observatory)
    now = clock.now()
    today = local_day(now, locked.authority.time_zone)
    refuse_unless_sitting(locked, person_ids, today)
    reasons, minority = clean_text(finding.reasons), clean_text(finding.minority)
    if commitment.record.authority_id != locked.authority_id:
        raise Refusal(_("Cet engagement est celui d’une autre collectivité."))
    if not reasons:
        raise Refusal(_("Donnez vos raisons : un avis sans raison ne se discute pas."), field="reasons")
    _refuse_a_day(finding, locked, commitment, today)
    _refuse_votes(finding, locked, today)
    _refuse_dissent(finding, locked, minority)
    earlier = _latest(locked, commitment)
    version = earlier.version + 1 if earlier else 1
    due = dues_of([commitment.pk], today).get((commitment.pk, Owed.COMMITMENT))
    standing = standing_of(commitment.record, due)
    record = _open(locked, commitment, finding, reasons, minority, version, standing, earlier, clock)
    verdict = Verdict.objects.create(
        record=record,
        observatory=locked,
        commitment=commitment,
        version=version,
        says=finding.says,
        authority_said=standing,
        decided_on=finding.decided_on,
        votes_for=finding.votes_for,
        votes_against=finding.votes_against,
        abstentions=finding.abstentions,
        minority=minority,
    )
    Dissenter.objects.bulk_create([Dissenter(verdict=verdict, seat=seat) for seat in finding.dissenters])
    _link(record, commitment, finding)
    bump_pages_of(record)
    bump_pages_of(locked.record)
    return verdict


def _latest(observatory: Observatory, commitment: Commitment) -> Verdict | None:
    found = Verdict.objects.filter(observatory=observatory, commitment=commitment)
    return found.select_related("record").order_by("-version").first()


def _refuse_a_day(finding: Finding, observatory: Observatory, commitment: Commitment, today: date) -> None:
    made_on = local_day(commitment.record.happened_at, observatory.authority.time_zone)
    if finding.decided_on > today:
        raise Refusal(_("Cet avis est daté d’un jour à venir."), field="decided_on")
    if finding.decided_on < max(made_on, observatory.act_on):
        raise Refusal(
            _("Cet avis est daté d’avant l’engagement, ou d’avant l’observatoire."), field="decided_on"
        )


def _refuse_votes(finding: Finding, observatory: Observatory, today: date) -> None:
    """Counts alone are kept: as many voices as members at most, and more for than against."""
    voices = (finding.votes_for, finding.votes_against, finding.abstentions)
    if min(voices) < 0 or finding.votes_for <= finding.votes_against:
        raise Refusal(_("Un avis est adopté quand il a plus de voix pour que contre."), field="votes_for")
    members = observatory.seats.filter(since__lte=today, until=None, term_ends_on__gte=today).count()
    sat = observatory.seats.filter(
        since__lte=finding.decided_on, term_ends_on__gte=finding.decided_on
    ).exclude(until__lt=finding.decided_on)
    most = max(members, sat.count())
    if sum(voices) > most:
        raise Refusal(
            _("Vous comptez %(n)d voix, et l’observatoire a %(most)d membres.")
            % {"n": sum(voices), "most": most},
            field="votes_for",
        )


def _refuse_dissent(finding: Finding, observatory: Observatory, minority: str) -> None:
    if finding.dissenters and not minority:
        raise Refusal(_("Écrivez l’opinion de la minorité que ces membres signent."), field="minority")
    if minority and not finding.dissenters:
        raise Refusal(_("Une opinion minoritaire est signée : dites par qui."), field="dissenters")
    theirs = {seat.pk for seat in finding.dissenters}
    if observatory.seats.filter(pk__in=theirs, since__isnull=False).count() != len(theirs):
        raise Refusal(
            _("Seuls des membres de cet observatoire signent l’opinion minoritaire."), field="dissenters"
        )
    if len(theirs) > finding.votes_against + finding.abstentions:
        raise Refusal(
            _("La minorité a plus de signataires que de voix contre et d’abstentions."), field="dissenters"
        )


def _open(
    observatory: Observatory,
    commitment: Commitment,
    finding: Finding,
    reasons: str,
    minority: str,
    version: int,
    standing: str,
    earlier: Verdict | None,
    clock: Clock,
) -> Record:
    title = f"{Says(finding.says).label} : {commitment.record.title}"[:200]
    return open_record(
        NewRecord(
            authority=observatory.authority,
            kind=Kind.VERDICT,
            process=commitment.process.record,
            words=Words(title=title, text=reasons, language=finding.language),
            event=VERDICT_GIVEN,
            state=finding.says,
            data={
                "observatory": observatory.record.code,
                "commitment": commitment.record.code,
                "version": version,
                "replaces": earlier.record.code if earlier else None,
                "authority_said": standing,
                "decided_on": finding.decided_on.isoformat(),
                "votes": [finding.votes_for, finding.votes_against, finding.abstentions],
            },
            extra_words={
                "minority": minority,
                "dissenters": [seat.name for seat in finding.dissenters] or "",
            },
        ),
        clock=clock,
    )


def _link(record: Record, commitment: Commitment, finding: Finding) -> None:
    entry: Entry = record.entries.get(kind=VERDICT_GIVEN.kind)
    link(source=commitment.record, kind=LinkKind.JUDGED_BY, target=record, entry=entry)
    for evidence in finding.proved_by:
        link(source=record, kind=LinkKind.PROVED_BY, target=evidence.record, entry=entry)
    for evidence in finding.contradicted:
        link(source=record, kind=LinkKind.CONTRADICTS, target=evidence.record, entry=entry)


@transaction.atomic
def reply_to_verdict(*, verdict: Verdict, official: Official, text: str, clock: Clock) -> Reply:
    """The right of reply: one text, signed by an official in office, beside a verdict that it changes in nothing."""
    locked = (
        Verdict.objects.select_for_update(of=("self",))
        .select_related("record__authority", "observatory")
        .get(pk=verdict.pk)
    )
    now: datetime = clock.now()
    said = clean_text(text)
    if official.authority_id != locked.record.authority_id:
        raise Refusal(_("Cette personne élue est d’une autre collectivité."))
    refuse_unless_in_office(official)
    if not said:
        raise Refusal(_("Écrivez la réponse : elle sera publique, à côté de l’avis."), field="text")
    if Reply.objects.filter(verdict=locked).exists():
        raise Conflict(_("La collectivité a déjà répondu à cet avis : une réponse, datée, et une seule."))
    reply = Reply.objects.create(
        verdict=locked,
        replied_on=local_day(now, locked.record.authority.time_zone),
        text=said,
        name=official.name,
        function=official.function,
    )
    append_entry(
        VERDICT_REPLIED,
        record=locked.record,
        now=now,
        data={"replied_on": reply.replied_on.isoformat()},
        words={"text": said, "name": official.name, "function": official.function},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return reply
