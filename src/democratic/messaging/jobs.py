"""Jobs of the worker. Arguments are ids only; each may run twice without harm."""

import logging
import threading
import time

from django.core.cache import caches
from procrastinate.contrib.django import app

from democratic.kernel.outages import Part, look_again, probe_with
from democratic.kernel.shared_cache import forget_old_cache
from democratic.kernel.switches import read_only
from democratic.messaging.carrying import Carried, carry, send_again_what_was_interrupted, waits_for_pace
from democratic.messaging.correspondents import forget_leaving, forget_stopped_addresses
from democratic.messaging.delivery import deliver, give_up_interrupted, try_line
from democratic.messaging.incoming import forget_held_too_long
from democratic.messaging.listening import listen
from democratic.thread.journal.shelves import recount_shelves

logger = logging.getLogger(__name__)
BATCH = 50
CARRY_FOR, BETWEEN_BURSTS = 20.0, 0.05  # seconds
# One round at a time in a worker: a long queue that waits for its pace leaves the other places to what arrives.
_carrying = threading.Lock()

probe_with(Part.MAIL, try_line)
probe_with(Part.CACHE, lambda: caches["default"].get("anything"))


# No lock: a job whose worker was killed would hold it for ever, and no mail would leave again. Two rounds
# at once share the work, as each message is claimed.
@app.periodic(cron="* * * * * */5")  # the sixth field is seconds
@app.task(queueing_lock="deliver_messages", pass_context=False)
def deliver_messages(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every five seconds, as long as there is something to send."""
    if read_only() is not None:
        return
    while True:
        done = deliver(BATCH)
        if done.sent or done.failed or done.stopped:
            logger.info("messages: %s sent, %s stopped, %s put off", done.sent, done.stopped, done.failed)
        if done.sent + done.stopped < BATCH:
            return


@app.periodic(cron="* * * * * */2")
@app.task(queueing_lock="carry_messages", pass_context=False)
def carry_messages(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """What leaves by channels: bursts at the pace that each provider allows, as long as there is something to send."""
    if read_only() is None and _carrying.acquire(blocking=False):
        try:
            _carry_for(CARRY_FOR)
        finally:
            _carrying.release()


def _carry_for(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done = carry()
        if done != Carried():
            logger.info("channels: %s sent, %s put off, %s not sent", done.sent, done.put_off, done.lost)
        elif waits_for_pace():
            time.sleep(BETWEEN_BURSTS)
        else:
            return


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="listen_to_channels", pass_context=False)
def listen_to_channels(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every three seconds: what providers that are asked hold for us."""
    if read_only() is None and (new := listen()):
        logger.info("channels: %d messages received", new)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="forget_who_left", pass_context=False)
def forget_who_left(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every minute: the address of who said STOP, children to whom nothing more is to be said, words without an age."""
    if read_only() is not None:
        return
    forget_held_too_long()
    forget_stopped_addresses()
    forget_leaving()


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="look_again", pass_context=False)
def look_again_at_what_is_down(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Four times a minute, and nothing to ask as long as nothing is down."""
    for part in look_again():
        logger.info("%s is back", part)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour: what was being sent when its worker was killed. What is forgotten of people is in stewardship."""
    if read_only() is not None:
        return
    send_again_what_was_interrupted()
    give_up_interrupted()
    forget_old_cache()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="recount", pass_context=False)
def recount(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every night: counts that are kept are the counts of what there is."""
    if read_only() is not None:
        return
    if wrong := recount_shelves():
        logger.error("shelves: %d counts were wrong and have been mended", wrong)
