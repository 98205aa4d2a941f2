"""``bin/democratic sequencer``: the long-running program that gives the journal its order and its seal."""

from democratic.config.server.errors import StopAsked
from democratic.config.server.interrupts import Interrupts
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    Parser("sequencer", "Numérote et scelle le journal, puis tient ses vues à jour.").parse_args(argv)
    ready_django()
    from democratic.config.commands.sequencing import sequence_until_stopped  # noqa: PLC0415 -- needs Django ready

    with Interrupts() as interrupts:
        try:
            sequence_until_stopped(interrupts.pause)
        except StopAsked:
            return 0
