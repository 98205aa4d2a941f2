"""``bin/democratic sequencer``: which gives the journal its order and its seal, and tells screens"""

from democratic.config.server.errors import StopAsked
from democratic.config.server.interrupts import Interrupts
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    Parser("sequencer", "Numérote et scelle le journal, puis tient ses vues à jour.").parse_args(argv)
    ready_django()
    from democratic.config.commands.sequencing import sequence_until_stopped  # noqa: PLC0415 -- needs Django ready
    from democratic.config.commands.telling import Telling  # noqa: PLC0415 -- likewise

    with Interrupts() as interrupts:
        telling = Telling()
        telling.start()
        try:
            sequence_until_stopped(interrupts.pause)
        except StopAsked:
            telling.stop()
            return 0
