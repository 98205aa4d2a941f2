"""The worker plays the rehearsals that agents ask for, each in a program and a database of its own."""

import logging
import subprocess
import sys

from procrastinate.contrib.django import app

from democratic.rehearsal.shelf import FAILED, PATIENCE, PLAYING, Shelf, asked_for

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */5")  # the sixth field is seconds
@app.task(queueing_lock="rehearse", pass_context=False)
def rehearse(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """One at a time: a rehearsal has a server of its own, and the machine has others to serve."""
    for process_id in asked_for()[:1]:
        shelf = Shelf.of(process_id)
        shelf.tell(PLAYING)
        command = [sys.executable, "-m", "democratic.config.cli", "rehearse", "--process", str(process_id)]
        try:
            done = subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603  ours
        except subprocess.TimeoutExpired:
            shelf.tell(FAILED, why="")
            continue
        if done.returncode:
            logger.error("rehearsal of %s: %s", process_id, done.stderr.decode(errors="replace")[-500:])
            if shelf.state().get("state") != FAILED:
                shelf.tell(FAILED, why="")
