"""What the software does of a schedule by itself, at its hour: it opens and shuts conversations."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.campaigns.models import CampaignStep
from democratic.participation.conversations.editing import publish_flow, shut_flow
from democratic.participation.conversations.models import Flow

Kind = CampaignStep.Kind


def carry_out_steps(clock: Clock, *, limit: int = 50) -> int:
    """Flows opened and shut at their hour, each in a transaction of its own. How many.

    Opened: published as it is then written; one that may not be is tried again, and its step says so. So is one that
    arrived from another installation, until an agent opens it. Killed between two steps, the next run does the rest; a
    flow that is open already is left as it is.
    """
    due = CampaignStep.objects.filter(done_at=None, due_at__lte=clock.now()).exclude(kind=Kind.TASK)
    waiting = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(_carry_out(pk, clock) for pk in waiting)


def _refuse_what_came(flow: Flow) -> None:
    """Its channels, its dates and who leads it may be others: an agent looks at it first."""
    if flow.came_at is not None:
        raise Conflict(_("Cette conversation vient d’une autre installation : publiez-la d’abord vous-même."))


@transaction.atomic
def _carry_out(pk: UUID, clock: Clock) -> bool:
    rows = CampaignStep.objects.select_for_update(of=("self",), skip_locked=True)
    step = rows.select_related("flow").filter(pk=pk, done_at=None).first()
    if step is None or step.flow is None:
        return False
    try:
        with transaction.atomic():
            if step.kind == Kind.SHUT:
                shut_flow(flow=step.flow)
            elif not step.flow.is_open:
                _refuse_what_came(step.flow)
                publish_flow(flow=step.flow, clock=clock)
    except Refusal:
        CampaignStep.objects.filter(pk=pk).update(is_stuck=True)
        return False
    CampaignStep.objects.filter(pk=pk).update(done_at=clock.now(), is_stuck=False)
    return True
