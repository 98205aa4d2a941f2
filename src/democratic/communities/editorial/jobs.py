"""Jobs of the worker: no argument, and twice does no more than once."""

import logging

from procrastinate.contrib.django import app

from democratic.communities.editorial.actions.publishing import publish_what_is_due
from democratic.kernel.clock import DATABASE_CLOCK

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="publish_what_is_due", pass_context=False)
def publish_due(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every minute: what readers see since its hour enters the journal."""
    if done := publish_what_is_due(clock=DATABASE_CLOCK):
        logger.info("editorial: %d published at their hour", done)
