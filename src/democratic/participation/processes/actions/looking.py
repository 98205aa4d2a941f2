"""Going to see what a draft leads to: asked by an agent or with a scheduled publication, done by the worker."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.processes.actions.drafting import lock_draft
from democratic.participation.processes.models import FollowedLink, LinkFound, Preparation, Process
from democratic.participation.processes.preflight.following import Followed, Follower
from democratic.participation.processes.preflight.outside import outside_links

logger = logging.getLogger(__name__)

AT_ONCE = 5
# Other people's servers are asked again no sooner.
PAUSE = timedelta(minutes=1)


@transaction.atomic
def ask_for_a_look(*, process: Process, clock: Clock) -> None:
    """Conflict: it was done a moment ago."""
    locked, now = lock_draft(process.pk), clock.now()
    if FollowedLink.objects.filter(process=locked, looked_at__gt=now - PAUSE).exists():
        raise Conflict(_("C’est vérifié depuis moins d’une minute : attendez un peu avant de recommencer."))
    Preparation.objects.filter(process=locked).update(look_asked_at=now)


def look_at_what_was_asked(clock: Clock, follower: Follower | None = None) -> int:
    """Answer whoever asked; how many drafts were looked at. One that was killed is begun anew."""
    asked = Preparation.objects.filter(look_asked_at__isnull=False).order_by("look_asked_at")
    waiting = list(asked.values_list("process_id", "look_asked_at")[:AT_ONCE])
    for process_id, asked_at in waiting:
        _look(process_id, asked_at, clock, follower or Follower())
    return len(waiting)


def _look(process_id: UUID, asked_at: datetime | None, clock: Clock, follower: Follower) -> None:
    """No transaction and no lock while other people's servers are asked: an agent goes on writing."""
    process = Process.objects.select_related("authority").filter(pk=process_id).first()
    if process is None:
        return  # thrown away a moment ago
    urls = [link.url for link in outside_links(process)]
    stayed = [Followed(url, LinkFound.NOT_FOLLOWED) for url in urls]
    _keep(process_id, asked_at, follower.follow_all(urls) if settings.FOLLOWS_LINKS else stayed, clock)


@transaction.atomic
def _keep(process_id: UUID, asked_at: datetime | None, found: list[Followed], clock: Clock) -> None:
    try:
        locked = lock_draft(process_id)
    except Conflict:
        logger.info("a draft was published or thrown away while its links were followed")
        return
    now = clock.now()
    FollowedLink.objects.filter(process=locked).delete()
    FollowedLink.objects.bulk_create(
        FollowedLink(process=locked, url=each.url, found=each.found, status=each.status, looked_at=now)
        for each in found
    )
    # Asked again meanwhile: there may be other links.
    Preparation.objects.filter(process=locked, look_asked_at=asked_at).update(look_asked_at=None)
