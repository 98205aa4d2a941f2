"""``bin/democratic rehearse``: play a process in a second database, with simulated people, at its own clock."""

from uuid import UUID

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser("rehearse", "Jouer une concertation à blanc, dans une base à part.")
    named = parser.add_mutually_exclusive_group(required=True)
    named.add_argument("slug", nargs="?", metavar="ADRESSE", help="le dernier mot de son adresse")
    named.add_argument("--process", type=UUID, metavar="ID", help="son identité, pour les programmes")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import rehearse_acts  # noqa: PLC0415 -- needs Django ready

    if asked.process:
        rehearse_acts.rehearse_process(asked.process)
    else:
        rehearse_acts.rehearse_slug(asked.slug, asked.authority)
    return 0
