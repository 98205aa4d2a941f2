"""The worker plays the rehearsals that agents ask for, each in a program and a database of its own."""

import logging
import subprocess
import sys
import threading
from uuid import UUID

from procrastinate.contrib.django import app

from democratic.rehearsal.shelf import FAILED, PATIENCE, Shelf, asked_for, tell_what_was_killed

logger = logging.getLogger(__name__)

# One at a time: a rehearsal has a server of its own, and the machine has others to serve.
_TURN = threading.Lock()


@app.periodic(cron="* * * * * */5")  # the sixth field is seconds
@app.task(queueing_lock="rehearse", pass_context=False)
def rehearse(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every five seconds: what was killed is told, and the first one asked for is played."""
    if not _TURN.acquire(blocking=False):
        return
    try:
        if killed := tell_what_was_killed():
            logger.warning("rehearsals: %d were killed while they were played", killed)
        for process_id in asked_for()[:1]:
            _play(process_id)
    finally:
        _TURN.release()


def _play(process_id: UUID) -> None:
    """In a program that ends with this one."""
    command = [sys.executable, "-m", "democratic.config.cli", "rehearse", "--process", str(process_id)]
    try:
        done = subprocess.run(command, check=False, capture_output=True, timeout=PATIENCE)  # noqa: S603  ours
    except subprocess.TimeoutExpired:
        logger.exception("rehearsal of %s: given up after %d seconds", process_id, PATIENCE)
    else:
        if not done.returncode:
            return
        logger.error("rehearsal of %s: %s", process_id, done.stderr.decode(errors="replace")[-500:])
    shelf = Shelf.of(process_id)
    with shelf.held() as is_ours:
        if is_ours and shelf.state().get("state") != FAILED:
            shelf.tell(FAILED, why="")
