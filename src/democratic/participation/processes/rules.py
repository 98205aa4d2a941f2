from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import local_day
from democratic.kernel.refusals import Conflict
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act


class StageClosed(Conflict):
    """The act is not open at this moment of the process."""


class StageAhead(Conflict):
    """The act belongs to a stage that has not opened yet."""


def open_stage(process_id: UUID, act: Act, now: datetime) -> Stage | None:
    """The stage that allows this act now, if any. Opens inclusive, closes exclusive."""
    running = Stage.objects.filter(process=process_id, opens_at__lte=now, closes_at__gt=now)
    return running.filter(allows__contains=[act.value]).order_by("rank").first()


def refuse_unless_open(process_id: UUID, act: Act, now: datetime) -> Stage:
    stage = open_stage(process_id, act, now)
    if stage is None:
        raise StageClosed(_("Cette étape est close. Ce que vous avez écrit n’a pas été envoyé."))
    return stage


def first_stage_for(process_id: UUID, act: Act) -> Stage | None:
    """The stage from which this act is allowed: the first of those that plan it."""
    planned = Stage.objects.filter(process=process_id, allows__contains=[act.value])
    return planned.order_by("opens_at", "rank").first()


def refuse_before_its_stage(process: Process, act: Act, now: datetime) -> None:
    """The authority's own acts wait for their stage. After its end they are late, which shows by itself."""
    stage = first_stage_for(process.pk, act)
    if stage is None:
        raise StageAhead(_("Aucune étape de cette concertation ne le prévoit."))
    if now < stage.opens_at:
        opens_on = local_day(stage.opens_at, process.authority.time_zone)
        raise StageAhead(
            _("C’est trop tôt : l’étape « %(step)s » s’ouvre le %(day)s. Rien n’est publié.")
            % {"step": stage.get_step_display(), "day": f"{opens_on:%d/%m/%Y}"}
        )
