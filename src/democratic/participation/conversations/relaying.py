"""The link that hands the kit of a code to a relay without an account, and how many people came by that code."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Max, QuerySet

from democratic.kernel.clock import Clock
from democratic.messaging.models import ChannelKind, ChannelUse
from democratic.participation.conversations.models import Flow, FlowCode, FlowRevision, FlowRun
from democratic.participation.processes.models import Process
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority, Visibility

_SIGNER = signing.Signer(salt="democratic.relay", sep=".")
LEAST_TOLD = (
    5  # people came: below, a relay who handed the code to one person would learn whether she answered
)
MOST_CODES = 100  # of one flow, whose kits are given together


class Over(StrEnum):
    """Why a link opens no kit. UNKNOWN: forged, of another authority, or of what nobody has published."""

    UNKNOWN = "unknown"
    RETIRED = "retired"
    FINISHED = "finished"


def relay_token(code: FlowCode) -> str:
    """The same each time: retiring the code is what takes it back."""
    return _SIGNER.sign(code.pk.hex)


def relay_url(code: FlowCode, authority: Authority, language: str) -> str:
    return public_url(authority, f"/relais/{relay_token(code)}", language)


def code_relayed(authority: Authority, token: str, now: datetime) -> FlowCode | Over:
    """Two queries. The link lives as long as the process: its last stage over, it opens nothing."""
    try:
        pk = UUID(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return Over.UNKNOWN
    code = _codes(authority).filter(pk=pk).first()
    if code is None:
        return Over.UNKNOWN
    if code.retired_at is not None:
        return Over.RETIRED
    ends_at = ends_of(code.flow.process)
    return Over.FINISHED if ends_at is not None and now >= ends_at else code


def code_once_open(authority: Authority, code: str) -> FlowCode | None:
    """One that people could see in the street, whatever became of it since: what was said there is still owed."""
    found = _codes(authority).filter(code=code.upper(), flow__revisions__isnull=False)
    return found.first()


def _codes(authority: Authority) -> QuerySet[FlowCode]:
    public = FlowCode.objects.filter(authority=authority, flow__process__record__visibility=Visibility.PUBLIC)
    return public.select_related(
        "flow__process__record__wording", "flow__process__record__authority", "flow__process__authority",
        "flow__process__mandate__service", "flow__process__mandate__answerer",
    )  # fmt: skip


def ends_of(process: Process) -> datetime | None:
    last: datetime | None = process.stages.aggregate(last=Max("closes_at"))["last"]
    return last


def has_kit(flow: Flow) -> bool:
    """What is printed leads somewhere: the flow is open, in a process that people can read, and so are its pages."""
    if not flow.is_open or flow.process.record.visibility != Visibility.PUBLIC:
        return False
    pages = ChannelUse.objects.filter(
        authority=flow.process.authority_id, kind=ChannelKind.WIDGET, is_open=True
    )
    return pages.exists()


def last_revision(flow: Flow) -> FlowRevision | None:
    return flow.revisions.order_by("-number").first()


def code_of(flow: Flow, code: str) -> FlowCode | None:
    found = FlowCode.objects.filter(flow=flow, code=code.upper()).first()
    if found is not None:
        found.flow = flow
    return found


def codes_in_use(flow: Flow) -> list[FlowCode]:
    found = list(flow.codes.filter(retired_at=None).order_by("label", "pk")[:MOST_CODES])
    for code in found:
        code.flow = flow
    return found


def came_by(code: FlowCode) -> int | None:
    """How many began there; None while they are too few to be told."""
    came = FlowRun.objects.filter(code=code).count()
    return came if came >= LEAST_TOLD else None


@transaction.atomic
def retire_code(*, code: FlowCode, clock: Clock) -> None:
    """It opens nothing more, and its relay's link neither; whoever is inside finishes, and what she said stays owed."""
    FlowCode.objects.filter(pk=code.pk, retired_at=None).update(retired_at=clock.now())
