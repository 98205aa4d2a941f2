"""Jobs of the worker. Arguments are ids only; each may run twice without harm."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.idempotency import forget_old_keys
from democratic.kernel.limits import forget_old_counts
from democratic.kernel.switches import read_only
from democratic.messaging.delivery import deliver, forget_old_messages, give_up_interrupted
from democratic.people.actions import forget_old_consents, forget_old_guests, forget_unconfirmed_addresses
from democratic.thread.journal.shelves import recount_shelves

logger = logging.getLogger(__name__)
BATCH = 50


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


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour: what is kept no longer than it is needed."""
    if read_only() is not None:
        return
    give_up_interrupted()
    forget_old_keys()
    forget_old_counts()
    forget_old_messages()
    forget_old_guests()
    forget_old_consents()
    forget_unconfirmed_addresses()


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="recount", pass_context=False)
def recount(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every night: counts that are kept are the counts of what there is."""
    if read_only() is not None:
        return
    if wrong := recount_shelves():
        logger.error("shelves: %d counts were wrong and have been mended", wrong)
