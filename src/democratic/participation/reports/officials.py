"""What an elected person is asked, what she answered, and what became of what followed: hers alone, never compared."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from democratic.communities.models import Official
from democratic.kernel.spoken import Spoken
from democratic.participation.answers.models import Answer
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.models import Obligation, Owed, Postponement
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.processes.models import Process
from democratic.participation.reports.commitment_lines import CommitmentLine, commitment_lines
from democratic.thread.models import Authority
from democratic.thread.rules import Viewer, visible_records

MOST_OWED, MOST_ORDERS = 20, 200


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order and the answer promised for it: ``due`` is None as long as no consultation was born of it."""

    code: str
    title: str
    promised_on: date
    due: Due | None
    is_withdrawn: bool
    today: date

    @property
    def days_late(self) -> int:
        """From the first promise, whatever was put off since."""
        if self.is_withdrawn:
            return 0
        return self.due.days_late if self.due else max(0, (self.today - self.promised_on).days)

    @property
    def is_open(self) -> bool:
        return not self.is_withdrawn and (self.due is None or self.due.is_open)

    @property
    def is_late(self) -> bool:
        return self.is_open and self.days_late > 0


@dataclass(frozen=True, slots=True)
class Delay:
    """One date put off, with the reason given in public; ``slug``: when it is a process's own date."""

    slug: str
    kind: str
    code: str
    title: str
    reason: str
    function: str
    previous_on: date
    new_on: date
    postponed_on: date


@dataclass(frozen=True, slots=True)
class Balance:
    """Everything that the page of one official counts; each number has its list. Seven queries."""

    orders: list[OrderLine]
    commitments: list[CommitmentLine]
    answers: int
    delays: int

    @property
    def late_orders(self) -> list[OrderLine]:
        return [order for order in self.orders if order.is_late]

    def standing(self, *shown: str) -> list[CommitmentLine]:
        return [line for line in self.commitments if line.shown in shown]


def balance_of(viewer: Viewer, official: Official, today: date) -> Balance:
    return Balance(
        orders_of(viewer, official, today),
        commitment_lines(viewer, today, answerer_id=official.pk),
        _answers(viewer, official.pk).count(),
        _delays(viewer, official.pk).count(),
    )


def orders_of(viewer: Viewer, official: Official, today: date) -> list[OrderLine]:
    """The latest first. Of several consultations born of one order, the answer that waits longest counts."""
    mandates = list(
        Mandate.objects.filter(answerer=official, record__in=visible_records(viewer))
        .select_related("record__wording", "record__withdrawal")
        .order_by("-ordered_on", "-pk")[:MOST_ORDERS]
    )
    born = Process.objects.filter(mandate__in=mandates).values_list("pk", "mandate_id")
    orders = dict(born)
    dues: dict[UUID, Due] = {}
    for (process, owed), due in dues_of(list(orders), today).items():
        order = orders[process]
        if owed == Owed.ANSWER and (order not in dues or _waits_longer(due, dues[order])):
            dues[order] = due
    return [_order(mandate, dues.get(mandate.pk), today) for mandate in mandates]


def _waits_longer(due: Due, than: Due) -> bool:
    return (due.is_open, due.days_late) > (than.is_open, than.days_late)


def _order(mandate: Mandate, due: Due | None, today: date) -> OrderLine:
    record = mandate.record
    is_withdrawn = hasattr(record, "withdrawal")
    return OrderLine(record.code, record.title, mandate.answer_due_on, due, is_withdrawn, today)


def answers_signed_by(viewer: Viewer, official: Official, *, offset: int, limit: int) -> list[Answer]:
    """Replaced ones too: what was signed stays signed. The latest first."""
    rows = _answers(viewer, official.pk).select_related("record__wording", "subject__wording")
    return list(rows.order_by("-signed_at", "-pk")[offset : offset + limit])


def _answers(viewer: Viewer, official: UUID) -> QuerySet[Answer]:
    return Answer.objects.filter(signer=official, signed_at__isnull=False, record__in=visible_records(viewer))


def delays_of(viewer: Viewer, official: Official, *, offset: int, limit: int) -> list[Delay]:
    """What was put off in the processes for which she answers, the latest first."""
    put_off = (
        _delays(viewer, official.pk)
        .order_by("-postponed_on", "-pk")
        .annotate(
            slug=F("obligation__record__as_process__slug"),
            kind=F("obligation__record__kind"),
            code=F("obligation__record__code"),
            title=F("obligation__record__wording__title"),
            language=F("obligation__record__wording__language"),
        )
    )
    return [
        Delay(
            each["slug"] or "",
            each["kind"],
            each["code"],
            Spoken(each["title"], each["language"]),
            Spoken(each["reason"], each["language"]),
            each["function"],
            each["previous_on"],
            each["new_on"],
            each["postponed_on"],
        )
        for each in put_off.values()[offset : offset + limit]
    ]


def _delays(viewer: Viewer, official: UUID) -> QuerySet[Postponement]:
    inside = Q(obligation__record__process__as_process__mandate__answerer=official)
    itself = Q(obligation__record__as_process__mandate__answerer=official)
    return Postponement.objects.filter(inside | itself, obligation__record__in=visible_records(viewer))


def owed_by_process_of(official: Official, authority: Authority, until: date) -> list[Obligation]:
    """At her desk: engagements of the processes for which she answers, late or due by then, the oldest promise first."""
    return list(
        Obligation.objects.filter(
            Q(due_on__lte=until) | Q(first_due_on__lte=until),
            owed=Owed.COMMITMENT,
            record__authority=authority,
            record__withdrawal=None,
            record__commitment__process__mandate__answerer=official,
            met_on=None,
            ended_on=None,
        )
        .select_related("record__wording", "service")
        .order_by("first_due_on", "pk")[:MOST_OWED]
    )
