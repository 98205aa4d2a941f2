"""One life of the product: from the lock taken to the last process stopped."""

import resource

from democratic.config.places import Places, places
from democratic.config.server import installation
from democratic.config.server.checks import (
    refuse_full_disk,
    refuse_taken_port,
    refuse_wrong_identity,
    refuse_wrong_places_of_files,
)
from democratic.config.server.errors import StopAsked
from democratic.config.server.interrupts import Interrupts
from democratic.config.server.launch import Launch
from democratic.config.server.options import Options
from democratic.config.server.processes import end_survivors
from democratic.config.server.progress import Progress
from democratic.config.server.supervisor import Supervisor
from democratic.config.server.unfinished import refuse_unfinished


def live(options: Options) -> int:
    progress = Progress()
    with Interrupts() as interrupts:
        try:
            _live(options, places().prepare(), interrupts, progress)
        except StopAsked:
            progress.tell("Tout est arrêté ; rien n'est perdu. À bientôt.")
    return 0


def _live(options: Options, place: Places, interrupts: Interrupts, progress: Progress) -> None:
    with installation.held_by_run(place, interrupts.pause):
        refuse_unfinished(place)
        end_survivors(place.var, interrupts.pause)
        refuse_taken_port(options.host, options.port)
        refuse_full_disk(place.var)
        refuse_wrong_places_of_files(place.var, options.address)
        refuse_wrong_identity(place.var)
        _raise_open_files()
        supervisor = Supervisor(pause=interrupts.pause, tell=progress.tell)
        try:
            Launch(options, place, supervisor, interrupts, progress).go()
            supervisor.watch()
        except StopAsked:
            progress.tell("Arrêt en cours…")
            raise
        finally:
            supervisor.stop()


def _raise_open_files() -> None:
    """Each live stream is an open file: take what the system allows us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wished = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wished), hard))
