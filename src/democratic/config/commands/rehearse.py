"""``bin/democratic rehearse``: play a process in a second database, with simulated people, at its own clock."""

import signal
import sys
from uuid import UUID

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser
from democratic.config.server.processes import end_with_our_starter


def main(argv: list[str]) -> int:
    parser = Parser("rehearse", "Jouer une concertation à blanc, dans une base à part.")
    named = parser.add_mutually_exclusive_group(required=True)
    named.add_argument("slug", nargs="?", metavar="ADRESSE", help="le dernier mot de son adresse")
    named.add_argument("--process", type=UUID, metavar="ID", help="son identité, pour les programmes")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what we opened closes
    if asked.process:
        end_with_our_starter()  # the worker: a rehearsal that nobody waits for is played by nobody
    ready_django()
    from democratic.config.commands import rehearse_acts  # noqa: PLC0415 -- needs Django ready

    if asked.process:
        rehearse_acts.rehearse_process(asked.process)
    else:
        rehearse_acts.rehearse_slug(asked.slug, asked.authority)
    return 0
