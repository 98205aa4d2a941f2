"""Mandates of members: offered by who speaks for the body, accepted by the member, ended in public."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.data_classes import JUDGING
from democratic.kernel.erasures import ErasureKind, note_erasure
from democratic.kernel.ids import new_claim_secret
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line
from democratic.observatory.actions.running import lock_running
from democratic.observatory.events import MEMBER_SEATED, SEAT_ENDED, VERDICT_GIVEN
from democratic.observatory.models import Observatory, Seat
from democratic.observatory.offers import hash_of
from democratic.observatory.rules import refuse_unless_appointing, refuse_who_is_judged
from democratic.people.ages import Door, refuse_unless, regime_of
from democratic.people.models import Account, Person
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import append_entry, bump_pages_of
from democratic.thread.models import Opening

OFFER_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Act:
    """The dated public act by which someone is named: a deliberation, the report of a draw or of a vote."""

    on: date
    reference: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """``secret`` is shown this once, to be given by hand to who will sit."""

    seat: Seat
    secret: str


def _after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@transaction.atomic
def offer_seat(*, observatory: Observatory, by: Person, act: Act, clock: Clock) -> Offered:
    """Nothing is public until the member accepts: then the act, its day and its reference are."""
    locked = lock_running(observatory)
    now, reference = clock.now(), clean_line(act.reference)[:120]
    refuse_unless_appointing(locked, person_and_claimed(by))
    if not reference:
        raise Refusal(_("Donnez la référence de l’acte qui nomme ce membre."), field="act_reference")
    if not locked.act_on <= act.on <= local_day(now, locked.authority.time_zone):
        raise Refusal(
            _("Cet acte est antérieur à l’observatoire, ou daté d’un jour à venir."), field="act_on"
        )
    refuse_a_bad_link(act.url, "act_url")
    secret = new_claim_secret()
    seat = Seat.objects.create(
        observatory=locked,
        offered_by=by,
        secret_hash=hash_of(secret),
        expires_at=now + OFFER_LIFE,
        act_on=act.on,
        act_reference=reference,
        act_url=act.url,
        term_ends_on=_after(act.on, locked.mandate_months),
    )
    return Offered(seat, secret)


@transaction.atomic
def accept_seat(*, seat: Seat, account: Account, name: str, consents: bool, clock: Clock) -> Seat:
    """She accepts to judge under a name that all read, by the act that named her. Never who offered it."""
    observatory = lock_running(seat.observatory)
    locked = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    now, said = clock.now(), clean_line(name)[:80]
    today, ids = local_day(now, observatory.authority.time_zone), person_and_claimed(account.person)
    if locked.since is not None or locked.until is not None or locked.expires_at <= now:
        raise Conflict(_("Cette proposition ne sert plus. Demandez-en une autre à l’instance."))
    if locked.offered_by_id in ids:
        raise NotAllowed(_("On ne se nomme pas soi-même : une autre personne accepte ce siège."))
    refuse_who_is_judged(ids, observatory.authority)
    bands = Person.objects.filter(pk__in=ids).values_list("age_band", flat=True)
    refuse_unless(Door.JUDGE, regime_of(*bands, says_15=True))
    if not said:
        raise Refusal(_("Donnez le nom qui sera montré : qui juge est public."), field="name")
    if not consents:
        raise Refusal(
            _("Sans votre accord, votre nom n’est pas publié, et vous ne siégez pas."), field="consents"
        )
    if locked.term_ends_on < today:
        raise Conflict(_("Ce mandat est déjà arrivé à son terme."))
    if Seat.objects.filter(observatory=observatory, person__in=ids, until=None).exists():
        raise Conflict(_("Vous siégez déjà dans cet observatoire."))
    locked.person, locked.name, locked.since = account.person, said, today
    try:
        with transaction.atomic():
            locked.save(update_fields=["person", "name", "since"])
    except IntegrityError as clash:
        raise Conflict(_("Vous siégez déjà dans cet observatoire.")) from clash
    append_entry(
        MEMBER_SEATED,
        record=observatory.record,
        now=now,
        data={
            "seat": str(locked.pk),
            "since": today.isoformat(),
            "act_on": locked.act_on.isoformat(),
            "term_ends_on": locked.term_ends_on.isoformat(),
        },
        words={
            "name": said,
            "body": observatory.body.name,
            "reference": locked.act_reference,
            "url": locked.act_url,
        },
    )
    bump_pages_of(observatory.record)
    return locked


@transaction.atomic
def end_seat(*, seat: Seat, by: Person, reason: str, clock: Clock) -> Seat:
    """By who speaks for the body, with a reason that all read; an offer that nobody took is taken back in silence."""
    observatory = lock_running(seat.observatory)
    refuse_unless_appointing(observatory, person_and_claimed(by))
    return _end(seat, reason, clock.now(), is_asked=True)


@transaction.atomic
def resign(*, seat: Seat, person_ids: Collection[UUID], reason: str, clock: Clock) -> Seat:
    lock_running(seat.observatory)
    if seat.person_id not in person_ids:
        raise NotAllowed(_("Ce siège n’est pas le vôtre."))
    return _end(seat, reason, clock.now())


def _end(seat: Seat, reason: str, now: datetime, *, is_asked: bool = False) -> Seat:
    locked = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("observatory__record__authority")
        .get(pk=seat.pk)
    )
    why = clean_line(reason)[:300]
    if locked.until is not None:
        raise Conflict(_("Ce mandat est déjà terminé."))
    if is_asked and locked.since is not None and not why:
        raise Refusal(_("Dites pourquoi : ce motif est public."), field="reason")
    record = locked.observatory.record
    locked.until, locked.end_reason = local_day(now, record.authority.time_zone), why
    locked.save(update_fields=["until", "end_reason"])
    if locked.since is None:
        return locked
    append_entry(
        SEAT_ENDED,
        record=record,
        now=now,
        data={"seat": str(locked.pk), "until": locked.until.isoformat()},
        words={"name": locked.name, "reason": why},
    )
    bump_pages_of(record)
    return locked


@transaction.atomic
def leave_observatories(*, person_ids: Collection[UUID], without_name: bool, clock: Clock) -> None:
    """Who closes her account sits no more. What she judged stays judged; her name goes when she asks for it."""
    seats = Seat.objects.filter(person__in=person_ids)
    for seat in seats.filter(since__isnull=False, until=None):
        _end(seat, "", clock.now())
    if without_name:
        for seat in seats.select_related("observatory__record"):
            erase_judge(seat=seat)
    seats.update(person=None)
    Seat.objects.filter(offered_by__in=person_ids).update(offered_by=None)


@transaction.atomic
def erase_judge(*, seat: Seat) -> None:
    """« Un membre »: her name goes from the pages and from the journal, where what it proved stays proved."""
    entries = Opening.objects.filter(entry__record=seat.observatory.record_id, part="name")
    told = (MEMBER_SEATED.kind, SEAT_ENDED.kind)
    entries.filter(entry__kind__in=told, entry__data__seat=str(seat.pk)).delete()
    # A list of names is one opening: the others' names stay on the page, from their own seats.
    dissents = seat.dissents.values("verdict__record")
    Opening.objects.filter(
        entry__record__in=dissents, entry__kind=VERDICT_GIVEN.kind, part="dissenters"
    ).delete()
    Seat.objects.filter(pk=seat.pk).update(name="")
    note_erasure(ErasureKind.JUDGE, [seat.pk])
    bump_pages_of(seat.observatory.record)


def forget_old_offers() -> int:
    """Those that nobody accepted: they were never public."""
    ended = Now() - timedelta(days=JUDGING.term.length)
    deleted, _rows = Seat.objects.filter(since=None, expires_at__lt=ended).delete()
    return deleted
