"""Jobs of the worker: no argument, and twice does no more than once."""

from procrastinate.contrib.django import app

from democratic.communities.agreements.actions import let_fifteen_decide
from democratic.kernel.clock import DATABASE_CLOCK


@app.periodic(cron="0 * * * *")
@app.task(queueing_lock="let_fifteen_decide", pass_context=False)
def let_those_who_are_15_decide(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour, as it is midnight somewhere. What a page allows reads the date itself, and waits for no job."""
    let_fifteen_decide(clock=DATABASE_CLOCK)
