"""``bin/democratic archiver``: what bin/run starts beside the embedded database when DEMOCRATIC_ARCHIVE is set."""

import logging
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg

from democratic.config.backup.chosen import store_of
from democratic.config.backup.following import FilesFollower, FolderFollower, Follower, receive
from democratic.config.backup.following_store import StoreFollower
from democratic.config.backup.place import SecondPlace, second_place
from democratic.config.backup.stores import Folder
from democratic.config.places import Places, places
from democratic.config.server.database import admin_url, running_url
from democratic.config.server.errors import CannotStart, StopAsked
from democratic.config.server.interrupts import Interrupts
from democratic.config.server.parser import Parser
from democratic.config.server.processes import bury, has_ended, signal_group

logger = logging.getLogger(__name__)

PACE, AFTER_FAULT = 1.0, 5.0  # seconds
STOPPED_WITHIN = 5.0


def main(argv: list[str]) -> int:
    Parser("archiver", "Suit la base dans un second endroit, DEMOCRATIC_ARCHIVE.").parse_args(argv)
    archive = second_place()
    if archive is None:
        raise CannotStart("Dites où : DEMOCRATIC_ARCHIVE=/un/autre/disque.")
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    place = places()
    with Interrupts() as interrupts, suppress(StopAsked):
        follow(place, archive.prepare(), admin_url(place), interrupts.pause)
    return 0


def follow(place: Places, archive: SecondPlace, url: str, pause: Callable[[float], None]) -> None:
    """Until ``pause`` raises. A fault is told, and what it kept from being followed is followed later."""
    follower = Follower(place, archive, url, _files_of(place, archive))
    receiver: subprocess.Popen[bytes] | None = None
    log = place.log / "pg_receivewal.log"
    try:
        while True:
            try:
                receiver = _received(receiver, archive, url, log)
                follower.go_round()
                pause(PACE)
            except (psycopg.Error, OSError) as fault:
                logger.warning("the second place does not follow (%s): again in %.0f s", fault, AFTER_FAULT)
                pause(AFTER_FAULT)
    finally:
        if receiver is not None:
            _stop(receiver)


def _files_of(place: Places, archive: SecondPlace) -> FilesFollower:
    store = store_of(place, is_patient=False)  # it is asked again in the next round anyway
    if isinstance(store, Folder):
        return FolderFollower(place, archive)
    return StoreFollower(store, archive, running_url(place) or "")


def _received(
    receiver: subprocess.Popen[bytes] | None, archive: SecondPlace, url: str, log: Path
) -> subprocess.Popen[bytes]:
    if receiver is not None and not has_ended(receiver):
        return receiver
    if receiver is not None:
        logger.warning("the receiver of the log ended (code %d), and starts again", bury(receiver))
    return receive(archive, url, log)


def _stop(receiver: subprocess.Popen[bytes]) -> None:
    """It closes its file by itself when it is asked."""
    receiver.terminate()
    with suppress(subprocess.TimeoutExpired):
        receiver.wait(STOPPED_WITHIN)
    signal_group(receiver, 9)
    receiver.wait()
