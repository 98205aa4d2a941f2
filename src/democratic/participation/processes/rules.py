from datetime import datetime

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act


class StageClosed(Conflict):
    """The act is not open at this moment of the process."""


def open_stage(process: Process, act: Act, now: datetime) -> Stage | None:
    """The stage that allows this act now, if any. Opens inclusive, closes exclusive."""
    for stage in process.stages.all():
        if act in stage.allows and stage.opens_at <= now < stage.closes_at:
            return stage
    return None


def refuse_unless_open(process: Process, act: Act, now: datetime) -> Stage:
    stage = open_stage(process, act, now)
    if stage is None:
        raise StageClosed(_("Cette étape est close. Ce que vous avez écrit n’a pas été envoyé."))
    return stage
