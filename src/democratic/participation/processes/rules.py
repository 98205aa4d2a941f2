from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.kernel.compiled import Compiled
from democratic.kernel.refusals import Conflict
from democratic.participation.processes.models import Stage
from democratic.participation.processes.tool import Act


class StageClosed(Conflict):
    """The act is not open at this moment of the process."""


@cache
def _running(act: Act) -> Compiled:
    def running(process: UUID, now: datetime) -> QuerySet[Stage, tuple[UUID]]:
        inside = Stage.objects.filter(process=process, opens_at__lte=now, closes_at__gt=now)
        return inside.filter(allows__contains=[act.value]).values_list("pk")

    return Compiled(running, process=UUID, now=datetime)


def is_open(process_id: UUID, act: Act, now: datetime) -> bool:
    """Whether a stage allows this act now. It opens inclusive, closes exclusive."""
    return bool(_running(act).rows(process=process_id, now=now))


def refuse_unless_open(process_id: UUID, act: Act, now: datetime) -> None:
    if not is_open(process_id, act, now):
        raise StageClosed(_("Cette étape est close. Ce que vous avez écrit n’a pas été envoyé."))
