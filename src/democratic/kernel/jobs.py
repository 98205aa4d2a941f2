"""Jobs of the kernel: each may run twice without harm."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.files import erase_due_files, make_thumbnails

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */5")  # the sixth field is seconds
@app.task(queueing_lock="look_after_files", pass_context=False)
def look_after_files(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every five seconds: thumbnails of new images; and what nothing shows any more is erased."""
    if made := make_thumbnails():
        logger.info("files: thumbnails of %d images", made)
    if erased := erase_due_files(DATABASE_CLOCK):
        logger.info("files: %d erased", erased)
