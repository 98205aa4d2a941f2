"""Jobs of the worker. No argument, and twice does no more than once."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.switches import read_only
from democratic.participation.processes.actions import publish_what_is_due

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */20")  # the sixth field is seconds
@app.task(queueing_lock="publish_what_is_due", pass_context=False)
def publish_scheduled(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Three times a minute: the drafts whose hour has come."""
    if read_only() is None and (published := publish_what_is_due(DATABASE_CLOCK)):
        logger.info("processes: %d published at their hour", published)
