"""A reserve is planned once, in public; it opens and closes by the calendar, and what is kept in spite of it is told."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.reserve.events import (
    RESERVE_EXCEPTION_ENDED,
    RESERVE_EXCEPTION_MADE,
    RESERVE_RESCHEDULED,
    RESERVE_SCHEDULED,
)
from democratic.communities.reserve.models import ElectionReserve, Kept, ReserveException
from democratic.communities.reserve.rules import closes_after, opens_before
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.pages import bump
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Dates:
    """``votes_on``: the first round. The others may be left to the law: see ``rules``."""

    votes_on: date
    opens_on: date | None = None
    closes_on: date | None = None

    def settled(self) -> tuple[date, date]:
        legal = opens_before(self.votes_on)
        opens, closes = self.opens_on or legal, self.closes_on or closes_after(self.votes_on)
        if opens > legal:
            raise Refusal(
                _(
                    "La loi fait commencer la réserve le premier jour du sixième mois avant le scrutin :"
                    " le %(day)s au plus tard."
                )
                % {"day": legal.strftime("%d/%m/%Y")},
                field="opens_on",
            )
        if closes < self.votes_on:
            raise Refusal(_("La réserve dure jusqu’au scrutin : elle ne finit pas avant."), field="closes_on")
        return opens, closes


@transaction.atomic
def schedule_reserve(*, authority: Authority, election: str, dates: Dates, clock: Clock) -> ElectionReserve:
    now, said = clock.now(), clean_line(election)[:120]
    if not said:
        raise Refusal(_("Dites de quelle élection il s’agit."), field="election")
    opens_on, closes_on = dates.settled()
    if closes_on < local_day(now, authority.time_zone):
        raise Refusal(_("Ce scrutin est passé : une réserve se prévoit avant."), field="votes_on")
    try:
        with transaction.atomic():
            reserve = ElectionReserve.objects.create(
                authority=authority,
                election=said,
                votes_on=dates.votes_on,
                opens_on=opens_on,
                closes_on=closes_on,
            )
    except IntegrityError as clash:
        raise Conflict(_("Une réserve est déjà prévue pour ce scrutin."), field="votes_on") from clash
    append_entry(
        RESERVE_SCHEDULED,
        record=None,
        authority=authority,
        now=now,
        data=_days(reserve),
        words={"election": said},
        is_institutional=True,
    )
    bump([authority.pk])
    return reserve


@transaction.atomic
def reschedule_reserve(
    *, reserve: ElectionReserve, dates: Dates, reason: str, function: str, clock: Clock
) -> ElectionReserve:
    """The vote was put off, or there is no second round: why is public, and the days before are in the journal."""
    held = (
        ElectionReserve.objects.select_for_update(of=("self",)).select_related("authority").get(pk=reserve.pk)
    )
    now, why = clock.now(), clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi les dates changent : ce motif est public."), field="reason")
    today = local_day(now, held.authority.time_zone)
    if held.closes_on < today:
        raise Conflict(_("Cette réserve est finie : ses dates restent ce qu’elles furent."))
    has_begun = held.opens_on <= today
    if has_begun and dates.opens_on not in (None, held.opens_on):
        raise Refusal(_("Cette réserve a commencé : son premier jour ne se déplace plus."), field="opens_on")
    opens_on, closes_on = dates.settled()
    before = _days(held)
    held.votes_on, held.closes_on = dates.votes_on, closes_on
    held.opens_on = held.opens_on if has_begun else opens_on
    try:
        with transaction.atomic():
            held.save(update_fields=["votes_on", "opens_on", "closes_on"])
    except IntegrityError as clash:
        raise Conflict(_("Une réserve est déjà prévue pour ce scrutin."), field="votes_on") from clash
    append_entry(
        RESERVE_RESCHEDULED,
        record=None,
        authority=held.authority,
        now=now,
        data={"before": before, **_days(held)},
        words={"election": held.election, "reason": why, "function": clean_line(function)[:200]},
        is_institutional=True,
    )
    bump([held.authority_id])
    return held


@transaction.atomic
def make_exception(
    *, reserve: ElectionReserve, keeps: Kept, reason: str, function: str, clock: Clock
) -> ReserveException:
    """Kept shown in spite of the reserve: with its reason, for all to read, as long as the journal stands."""
    held = (
        ElectionReserve.objects.select_for_update(of=("self",)).select_related("authority").get(pk=reserve.pk)
    )
    now, why = clock.now(), clean_text(reason)
    if not why:
        raise Refusal(
            _("Dites pourquoi cela reste affiché pendant la réserve : ce motif est public."), field="reason"
        )
    today = local_day(now, held.authority.time_zone)
    if held.closes_on < today:
        raise Conflict(_("Cette réserve est finie : plus rien n’y fait exception."))
    if held.exceptions.filter(keeps=keeps, until=None).exists():
        raise Conflict(_("Cette exception est déjà en cours."), field="keeps")
    made = ReserveException.objects.create(
        reserve=held, keeps=keeps, reason=why, function=clean_line(function)[:200], since=today
    )
    append_entry(
        RESERVE_EXCEPTION_MADE,
        record=None,
        authority=held.authority,
        now=now,
        data={"keeps": keeps, "votes_on": held.votes_on.isoformat()},
        words={"reason": why, "function": made.function},
        is_institutional=True,
    )
    bump([held.authority_id])
    return made


@transaction.atomic
def end_exception(*, exception: ReserveException, clock: Clock) -> ReserveException:
    held = (
        ReserveException.objects.select_for_update(of=("self",))
        .select_related("reserve__authority")
        .get(pk=exception.pk)
    )
    if held.until is not None:
        raise Conflict(_("Cette exception est déjà finie."))
    now, authority = clock.now(), held.reserve.authority
    held.until = local_day(now, authority.time_zone)
    held.save(update_fields=["until"])
    append_entry(
        RESERVE_EXCEPTION_ENDED,
        record=None,
        authority=authority,
        now=now,
        data={"keeps": held.keeps, "votes_on": held.reserve.votes_on.isoformat()},
        is_institutional=True,
    )
    bump([authority.pk])
    return held


def _days(reserve: ElectionReserve) -> dict[str, str]:
    return {
        "votes_on": reserve.votes_on.isoformat(),
        "opens_on": reserve.opens_on.isoformat(),
        "closes_on": reserve.closes_on.isoformat(),
    }
