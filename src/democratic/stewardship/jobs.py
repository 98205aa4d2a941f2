"""Jobs of the worker: no argument, and twice does no more than once."""

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.stewardship.moderation.alarms import watch_everywhere
from democratic.stewardship.retention import all_terms, forget, short_terms


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="forget", pass_context=False)
def forget_what_is_old(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every night: each class of data that says how long it is kept."""
    forget(all_terms(), clock=DATABASE_CLOCK)


@app.periodic(cron="29 * * * *")
@app.task(queueing_lock="forget_soon", pass_context=False)
def forget_what_is_short(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour: what is promised to go within two days."""
    forget(short_terms(), clock=DATABASE_CLOCK)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="watch_everywhere", pass_context=False)
def look_for_campaigns(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every five minutes: what is unusual is told to those who moderate."""
    watch_everywhere(clock=DATABASE_CLOCK)
