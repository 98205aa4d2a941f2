"""Publication with its pre-flight: by an agent now, or by the worker at the hour that she chose."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.processes.actions.drafting import lock_draft
from democratic.participation.processes.actions.publishing import (
    publish_process,
    schedule_publication,
    unschedule_publication,
)
from democratic.participation.processes.models import Preparation, Process
from democratic.participation.processes.preflight import preflight


class NotReady(Conflict):
    """Something of the pre-flight blocks: its message says what."""


def _refuse_unless_ready(process: Process, now: datetime) -> None:
    blocking = [str(finding.title) for finding in preflight(process, now) if finding.blocks]
    if blocking:
        raise NotReady(_("Il reste à faire avant de publier : %(what)s.") % {"what": " ; ".join(blocking)})


@transaction.atomic
def publish_when_ready(*, process: Process, clock: Clock) -> Process:
    """Publish now. NotReady: nothing was published."""
    locked = lock_draft(process.pk)
    _refuse_unless_ready(locked, clock.now())
    return publish_process(process=locked, clock=clock)


@transaction.atomic
def schedule_when_ready(*, process: Process, at: datetime, clock: Clock) -> None:
    """Refused today, when it would be refused then for what does not depend on the day."""
    locked = lock_draft(process.pk)
    _refuse_unless_ready(locked, clock.now())
    schedule_publication(process=locked, at=at, clock=clock)


Publish = Callable[..., Process]


def publish_what_is_due(clock: Clock, publish: Publish = publish_when_ready) -> int:
    """Publish each draft whose hour has come; what is blocked goes back to its agent, with why. How many were published.

    ``publish``: ``(process, clock)``, who may refuse by NotReady for what this package does not know.
    """
    due = Preparation.objects.filter(publishes_at__lte=clock.now()).order_by("publishes_at")
    return sum(
        _publish_due(process_id, clock, publish) for process_id in due.values_list("process_id", flat=True)
    )


def _publish_due(process_id: UUID, clock: Clock, publish: Publish) -> bool:
    process = Process.objects.get(pk=process_id)
    # Whoever reads why it waits reads it in the language of this authority.
    with translation.override("fr" if process.authority.speaks("fr") else "en"):
        try:
            publish(process=process, clock=clock)
        except NotReady as refusal:
            unschedule_publication(process=process, why=str(refusal.message))
        except Refusal:
            # An agent published it, or threw it away, a moment before.
            return False
        else:
            return True
    return False
