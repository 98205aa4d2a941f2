"""``bin/democratic read-only``: pages are read, nothing is written, until it is turned off."""

import time

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say


def main(argv: list[str]) -> int:
    parser = Parser(
        "read-only", "Lecture seule : les pages se lisent, rien ne s'enregistre, le journal attend."
    )
    parser.add_argument("act", choices=["on", "off", "status"], metavar="on|off|status")
    parser.add_argument("--reason", default="", metavar="MOTIF", help="montré au public avec la bannière")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.kernel.switches import KNOWN_WITHIN, read_only, turn_read_only, turn_writable  # noqa: PLC0415 -- needs Django ready

    if asked.act == "on":
        turn_read_only(reason=asked.reason)
        time.sleep(KNOWN_WITHIN + 0.5)  # no process goes on writing once this command has answered
        say("Lecture seule : tout acte est refusé dès maintenant. Pour finir : bin/democratic read-only off")
    elif asked.act == "off":
        say("On peut de nouveau écrire." if turn_writable() else "On pouvait déjà écrire : rien n'a changé.")
        if read_only() is not None:
            say("⚠ DEMOCRATIC_READ_ONLY=1 est dans l'environnement : retirez-la, puis relancez bin/run.")
    else:
        reason = read_only()
        say("On peut écrire." if reason is None else f"Lecture seule. {reason}".strip())
    return 0
