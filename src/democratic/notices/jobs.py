"""Jobs of the worker. Without arguments; each may run twice without harm."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.switches import read_only
from democratic.notices.registered import remind_registered, tell_offers
from democratic.participation.meetings.arrivals.registering import lapse_offers

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="look_after_registrations", pass_context=False)
def look_after_registrations(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every minute: places that nobody confirmed go to the next one, who is told; the next day's meetings are recalled."""
    if read_only() is not None:
        return
    now = DATABASE_CLOCK.now()
    if lapsed := lapse_offers(now):
        logger.info("meetings: %d offered places were not confirmed", lapsed)
    tell_offers(now)
    if reminded := remind_registered(now):
        logger.info("meetings: %d people reminded", reminded)
