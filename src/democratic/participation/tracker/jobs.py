"""Jobs of the worker: no argument, and twice does no more than once."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.switches import read_only
from democratic.participation.tracker.asking import ask_for_updates
from democratic.thread.models import Authority

logger = logging.getLogger(__name__)


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="ask_services", pass_context=False)
def ask_services(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour, as the day begins at another hour elsewhere; each authority asks once a month."""
    if read_only() is not None:
        return
    for authority in Authority.objects.order_by("pk"):
        if asked := ask_for_updates(authority=authority, clock=DATABASE_CLOCK):
            logger.info("updates asked of %s services", asked)
