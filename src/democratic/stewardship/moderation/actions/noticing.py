from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import new_claim_secret, new_code
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_text
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.charter import ALWAYS_HEARD, Rule
from democratic.stewardship.moderation.models import Notice
from democratic.stewardship.moderation.rules import JUDGED
from democratic.stewardship.moderation.states import NoticeState
from democratic.thread.models import Record, Visibility

LONGEST_EXPLANATION = 2000
# DSA, article 23: who is refused again and again waits before being read again, and is told why.
TOO_MANY_REJECTED, WITHIN = 5, timedelta(days=30)
PURPOSE = "notice"


@dataclass(frozen=True, slots=True)
class Received:
    """``secret``: shown this once to who gave the notice."""

    notice: Notice
    secret: str


@transaction.atomic
def give_notice(*, record: Record, rule: str, explanation: str, notifier: Person, clock: Clock) -> Received:
    """Anyone may say that a word breaks a rule. Private: neither the author nor the journal knows who."""
    if rule not in Rule.values or rule == Rule.COORDINATED:
        raise Refusal(_("Choisissez la règle qui n’est pas respectée."), field="rule")
    why = clean_text(explanation)
    if not why:
        raise Refusal(
            _("Dites en une phrase ce qui ne va pas : nous lirons avec vos yeux."), field="explanation"
        )
    if len(why) > LONGEST_EXPLANATION:
        raise Refusal(
            _("Ce texte a %(n)d signes ; il en faut 2 000 au plus.") % {"n": len(why)}, field="explanation"
        )
    if record.kind not in JUDGED or record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette parole n’est plus montrée : il n’y a plus rien à signaler."))
    now = clock.now()
    refuse_abuse(record, notifier, rule, now)
    secret = new_claim_secret()
    notice = Notice(
        code=new_code(),
        secret_hash=keyed_hash(PURPOSE, secret),
        record=record,
        rule=rule,
        explanation=why,
        notifier=notifier,
        received_at=now,
    )
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict(_("Vous l’avez déjà signalée. Nous vous dirons ce qui est décidé.")) from twice
    return Received(notice, secret)


def rejected_lately(person: Person, now: datetime) -> list[Notice]:
    """Her notices of these thirty days that were not followed, the newest first; none if one was followed."""
    mine = Notice.objects.filter(notifier__in=person_and_claimed(person), received_at__gt=now - WITHIN)
    if mine.filter(state=NoticeState.FOLLOWED).exists():
        return []
    return list(mine.filter(state=NoticeState.REJECTED).order_by("-received_at"))


def refuse_abuse(record: Record, person: Person, rule: str, now: datetime) -> None:
    """A pause, never for someone in danger; it ends by itself, on a day that it tells."""
    if rule in ALWAYS_HEARD:
        return
    rejected = rejected_lately(person, now)
    if len(rejected) < TOO_MANY_REJECTED:
        return
    until = local_day(rejected[TOO_MANY_REJECTED - 1].received_at + WITHIN, record.authority.time_zone)
    raise NotAllowed(
        _(
            "Vos cinq derniers signalements n’ont pas été suivis : vous pourrez en faire d’autres à partir du"
            " %(day)s. Si une personne mineure est en danger, choisissez cette règle : nous lisons toujours."
        )
        % {"day": f"{until:%d/%m/%Y}"}
    )
