"""Several hands at the same moment, each on a connection of its own."""

import threading

from django.db import connections

from democratic.kernel.refusals import Refusal


def at_once(*acts):
    """The outcome of each: what it returned, or the refusal."""
    start, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def one(number, act):
        try:
            start.wait(timeout=30)
            outcomes[number] = act()
        except Refusal as refusal:
            outcomes[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return outcomes
