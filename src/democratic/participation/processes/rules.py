from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.processes.models import Stage
from democratic.participation.processes.tool import Act


class StageClosed(Conflict):
    """The act is not open at this moment of the process."""


def open_stage(process_id: UUID, act: Act, now: datetime) -> Stage | None:
    """The stage that allows this act now, if any. Opens inclusive, closes exclusive."""
    running = Stage.objects.filter(process=process_id, opens_at__lte=now, closes_at__gt=now)
    return running.filter(allows__contains=[act.value]).order_by("rank").first()


def refuse_unless_open(process_id: UUID, act: Act, now: datetime) -> Stage:
    stage = open_stage(process_id, act, now)
    if stage is None:
        raise StageClosed(_("Cette étape est close. Ce que vous avez écrit n’a pas été envoyé."))
    return stage
