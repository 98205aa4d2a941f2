"""A *saisine*: received at once, owed by a day, answered point by point under a name and a function."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions import hold
from democratic.communities.models import Official
from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.houses.events import REFERRAL_ANSWERED, REFERRAL_SENT
from democratic.participation.houses.models import Opinion, Power, Referral, ReferralPoint
from democratic.participation.obligations.actions import meet, owe
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import obligation_of
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    link,
    open_record,
    refuse_if_withdrawn,
    set_state,
)
from democratic.thread.actions.records import bump_pages_of
from democratic.thread.models import Kind, LinkKind, Record

SENT, ANSWERED = "sent", "answered"
LONGEST_REASON = 3000


@transaction.atomic
def refer(*, opinion: Opinion, clock: Clock) -> Referral:
    """The authority is asked: its receipt is this Record's code, and its time runs from today, whoever reads it."""
    held = hold(opinion.house, clock)
    locked = (
        Opinion.objects.select_for_update(of=("self",)).select_related("record__wording").get(pk=opinion.pk)
    )
    if locked.state != Opinion.State.ADOPTED:
        raise Conflict(_("Seul un avis adopté saisit la collectivité."))
    if locked.referrals.filter(answered_on=None).exists():
        raise Conflict(_("La collectivité en est déjà saisie, et doit répondre."))
    due_on = held.today + timedelta(days=held.house.answer_days)
    points = list(locked.points.filter(version=locked.version))
    record = open_record(
        NewRecord(
            authority=held.record.authority,
            kind=Kind.REFERRAL,
            words=Words(
                title=str(locked.record.title),
                language=locked.record.wording.language if locked.record.wording else "fr",
                byline=held.house.organisation.name,
            ),
            event=REFERRAL_SENT,
            state=SENT,
            data={"opinion": locked.record.code, "due_on": due_on.isoformat(), "points": len(points)},
            extra_words={"function": held.house.respondent.function},
        ),
        clock=clock,
    )
    entry = record.entries.get(kind=REFERRAL_SENT.kind)
    link(source=locked.record, kind=LinkKind.REFERRED_TO, target=record, entry=entry)
    link(source=record, kind=LinkKind.SPOKEN_FOR, target=held.record, entry=entry)
    referral = Referral.objects.create(
        record=record, opinion=locked, respondent=held.house.respondent, sent_on=held.today
    )
    ReferralPoint.objects.bulk_create(
        ReferralPoint(referral=referral, rank=point.rank, text=point.text) for point in points
    )
    owe(record=record, owed=Owed.ANSWER, service=held.house.service, due_on=due_on, clock=clock)
    bump_pages_of(record)
    return referral


@dataclass(frozen=True, slots=True)
class PointAnswer:
    """``passed_to``: the other authority, by name, when it is in its hands."""

    power: Power
    reason: str
    passed_to: str = ""


@transaction.atomic
def answer_referral(
    *,
    referral: Referral,
    answers: Mapping[int, PointAnswer],
    signer: Official,
    is_by_delegation: bool,
    clock: Clock,
) -> Referral:
    """Every point, by its rank, in one act: public at once, and never written over."""
    record = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=referral.pk)
    refuse_if_withdrawn(record)
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if locked.answered_on:
        raise Conflict(_("La réponse est déjà publiée."))
    refuse_unless_in_office(signer)
    now = clock.now()
    points = list(locked.points.all())
    for point in points:
        _answer(point, answers.get(point.rank))
    ReferralPoint.objects.bulk_update(points, ["power", "passed_to", "reason"])
    locked.answered_on = local_day(now, record.authority.time_zone)
    locked.respondent, locked.signed_name, locked.signed_function = signer, signer.name, signer.function
    locked.save(update_fields=["answered_on", "respondent", "signed_name", "signed_function"])
    owed = obligation_of(record, Owed.ANSWER)
    append_entry(
        REFERRAL_ANSWERED,
        record=record,
        now=now,
        data={
            **{power.value: sum(point.power == power for point in points) for power in Power},
            "days_late": max(0, (locked.answered_on - owed.first_due_on).days) if owed else 0,
            "by_delegation": is_by_delegation,
        },
        words={"name": signer.name, "function": signer.function, "points": [_told(each) for each in points]},
        is_institutional=True,
    )
    set_state(record, ANSWERED)
    meet(record=record, owed=Owed.ANSWER, clock=clock)
    bump_pages_of(record)
    return locked


def _answer(point: ReferralPoint, said: PointAnswer | None) -> None:
    reason = clean_text(said.reason) if said else ""
    if said is None or not reason:
        raise Refusal(_("Chaque demande reçoit sa réponse, avec une raison."), field=f"reason_{point.rank}")
    if len(reason) > LONGEST_REASON:
        raise Refusal(_("Trois mille signes au plus."), field=f"reason_{point.rank}")
    passed_to = clean_line(said.passed_to)[:160] if said.power == Power.PASSED else ""
    if said.power == Power.PASSED and not passed_to:
        raise Refusal(_("Nommez l’autorité à qui vous transmettez."), field=f"passed_to_{point.rank}")
    point.power, point.passed_to, point.reason = said.power, passed_to, reason


def _told(point: ReferralPoint) -> dict[str, str]:
    return {"text": point.text, "power": point.power, "passed_to": point.passed_to, "reason": point.reason}
