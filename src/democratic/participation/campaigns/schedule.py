"""The schedule of a campaign, as agents write it and tick it; what is done by itself is in ``carrying_out``."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.campaigns.models import NAME_LIMIT, WHAT_LIMIT, Campaign, CampaignStep, Means
from democratic.participation.conversations.models import Flow

Kind = CampaignStep.Kind


@dataclass(frozen=True, slots=True)
class Due:
    """One line. ``flow`` is what is opened or shut: none for what an agent does."""

    kind: str
    due_at: datetime
    what: str
    means: str = ""
    relay: str = ""
    flow: Flow | None = None

    def columns(self, campaign: Campaign, now: datetime) -> dict[str, Any]:
        what, is_task = clean_line(self.what)[:WHAT_LIMIT], self.kind == Kind.TASK
        if is_task and not what:
            raise Refusal(_("Dites en une ligne ce qui est à faire."), field="what")
        if not is_task and (self.flow is None or self.flow.process_id != campaign.process_id):
            raise Refusal(_("Choisissez la conversation à ouvrir ou à fermer."), field="flow")
        if not is_task and self.due_at <= now:
            raise Refusal(_("Cette heure est passée : choisissez-en une qui vient."), field="day")
        return {
            "kind": self.kind,
            "due_at": self.due_at,
            "what": what,
            "means": self.means if self.means in Means.values else "",
            "relay": clean_line(self.relay)[:NAME_LIMIT],
            "flow": None if is_task else self.flow,
        }


@transaction.atomic
def add_step(*, campaign: Campaign, due: Due, clock: Clock) -> CampaignStep:
    return CampaignStep.objects.create(campaign=campaign, **due.columns(campaign, clock.now()))


@transaction.atomic
def change_step(*, step: CampaignStep, due: Due, clock: Clock) -> None:
    locked = CampaignStep.objects.select_for_update().get(pk=step.pk)
    if locked.done_at is not None:
        raise Conflict(_("C’est déjà fait : ajoutez une autre étape."))
    columns = due.columns(step.campaign, clock.now())
    CampaignStep.objects.filter(pk=step.pk).update(**columns, is_stuck=False)


@transaction.atomic
def drop_step(*, step: CampaignStep) -> None:
    CampaignStep.objects.filter(pk=step.pk).delete()


@transaction.atomic
def tick_step(*, step: CampaignStep, is_done: bool, clock: Clock) -> None:
    """Ticked twice, it keeps the first moment. What the software does is not ticked by hand."""
    if step.kind != Kind.TASK:
        raise Conflict(_("Cette étape se fait toute seule, à son heure."))
    rows = CampaignStep.objects.filter(pk=step.pk)
    if is_done:
        rows.filter(done_at=None).update(done_at=clock.now())
    else:
        rows.update(done_at=None)
