"""What the authority may do of an observatory: found it, and close it in public. Nothing else."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.models import Organisation
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.observatory.events import OBSERVATORY_CLOSED, OBSERVATORY_FOUNDED
from democratic.observatory.models import Closing, Observatory
from democratic.observatory.rules import refuse_if_closed
from democratic.thread.actions import NewRecord, Words, append_entry, bump_pages_of, open_record
from democratic.thread.actions.records import refuse_if_withdrawn
from democratic.thread.models import Authority, Kind

LONGEST_MANDATE = 120  # months


@dataclass(frozen=True, slots=True)
class Charter:
    """Its name and charter, who will appoint and how, for how long, and the act that founds it."""

    words: Words
    body: Organisation
    choosing: Observatory.Choosing
    mandate_months: int
    act_on: date
    act_reference: str
    act_url: str = ""


@transaction.atomic
def found_observatory(*, authority: Authority, charter: Charter, clock: Clock) -> Observatory:
    """From this act on, the body that it names appoints members: the authority has no hand in it any more."""
    now, reference = clock.now(), clean_line(charter.act_reference)[:120]
    if not clean_line(charter.words.title):
        raise Refusal(_("Donnez son nom."), field="title")
    if not clean_text(charter.words.text):
        raise Refusal(_("Écrivez sa charte : ce qu’il juge, comment, et avec quoi."), field="text")
    if not reference:
        raise Refusal(_("Donnez la référence de l’acte qui le crée."), field="act_reference")
    if charter.act_on > local_day(now, authority.time_zone):
        raise Refusal(_("Cet acte est daté d’un jour à venir."), field="act_on")
    if not 1 <= charter.mandate_months <= LONGEST_MANDATE:
        raise Refusal(_("Un mandat dure d’un mois à dix ans."), field="mandate_months")
    refuse_a_bad_link(charter.act_url, "act_url")
    if charter.body.authority_id != authority.pk:
        raise Refusal(_("Choisissez une organisation d’ici."), field="body")
    refuse_if_withdrawn(charter.body.record)
    record = open_record(
        NewRecord(
            authority=authority,
            kind=Kind.OBSERVATORY,
            words=charter.words,
            event=OBSERVATORY_FOUNDED,
            state="open",
            is_institutional=True,
            data={
                "act_on": charter.act_on.isoformat(),
                "choosing": charter.choosing,
                "mandate_months": charter.mandate_months,
                "body": charter.body.record.code,
            },
            extra_words={"body": charter.body.name, "reference": reference, "url": charter.act_url},
        ),
        clock=clock,
    )
    bump_pages_of(record)
    return Observatory.objects.create(
        record=record,
        authority=authority,
        body=charter.body,
        choosing=charter.choosing,
        mandate_months=charter.mandate_months,
        act_on=charter.act_on,
        act_reference=reference,
        act_url=charter.act_url,
    )


@transaction.atomic
def close_observatory(*, observatory: Observatory, reason: str, function: str, clock: Clock) -> Closing:
    """Its members' mandates end that day; every hearing and verdict stays where it was."""
    locked = Observatory.objects.select_for_update(of=("self",)).get(pk=observatory.pk)
    now, why = clock.now(), clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : ce motif est public, et il le reste."), field="reason")
    refuse_if_closed(locked)
    today = local_day(now, locked.authority.time_zone)
    closing = Closing.objects.create(
        observatory=locked, closed_on=today, reason=why, function=clean_line(function)[:200]
    )
    ended = locked.seats.filter(since__isnull=False, until=None).update(until=today)
    locked.seats.filter(since=None, until=None).update(until=today)
    append_entry(
        OBSERVATORY_CLOSED,
        record=locked.record,
        now=now,
        data={"closed_on": today.isoformat(), "seats_ended": ended},
        words={"reason": why, "function": closing.function},
        is_institutional=True,
    )
    bump_pages_of(locked.record)
    return closing
