from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import local_day
from democratic.kernel.compiled import Compiled
from democratic.kernel.refusals import Conflict
from democratic.participation.processes.models import Process, Stage
from democratic.participation.processes.tool import Act
from democratic.thread.models import Visibility


class StageClosed(Conflict):
    """The act is not open at this moment of the process."""


class StageAhead(Conflict):
    """The act belongs to a stage that has not opened yet."""


@cache
def _running(act: Act) -> Compiled:
    def running(process: UUID, now: datetime) -> QuerySet[Stage, tuple[UUID]]:
        inside = Stage.objects.filter(process=process, opens_at__lte=now, closes_at__gt=now)
        return inside.filter(allows__contains=[act.value]).values_list("pk")

    return Compiled(running, process=UUID, now=datetime)


def is_open(process_id: UUID, act: Act, now: datetime) -> bool:
    """Whether a stage allows this act now. It opens inclusive, closes exclusive."""
    return bool(_running(act).rows(process=process_id, now=now))


def refuse_unless_published(process: Process) -> None:
    """What is public, or given to people, follows from a process that they can read."""
    if process.record.visibility != Visibility.PUBLIC:
        raise Conflict(_("Publiez d’abord la concertation : d’ici là, personne ne peut la lire."))


def refuse_unless_open(process_id: UUID, act: Act, now: datetime) -> None:
    if not is_open(process_id, act, now):
        raise StageClosed(_("Cette étape est close. Ce que vous avez écrit n’a pas été envoyé."))


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
            _("C’est trop tôt : l’étape « %(step)s » s’ouvre le %(day)s. Rien n’est publié.")
            % {"step": stage.get_step_display(), "day": f"{opens_on:%d/%m/%Y}"}
        )
