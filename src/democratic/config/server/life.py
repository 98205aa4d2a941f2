"""One life of the product: from the lock taken to the last process stopped."""

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
from democratic.config.server.open_files import raise_open_files
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
        raise_open_files()
        supervisor = Supervisor(pause=interrupts.pause, tell=progress.tell)
        try:
            Launch(options, place, supervisor, interrupts, progress).go()
            supervisor.watch()
        except StopAsked:
            progress.tell("Arrêt en cours…")
            raise
        finally:
            supervisor.stop()
