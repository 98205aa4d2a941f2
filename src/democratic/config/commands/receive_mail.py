"""``democratic receive-mail``: one message on the standard input, as a pipe of any mail server hands it over.

Answers by sysexits.h, which Postfix's pipe(8) reads: 0 it is kept, 65 it can't be, 75 ask again later. Whatever
keeps the product from starting is 75 too: a mail is never sent back because a database was away.
"""

import sys

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser

MOST_BYTES = 10 * 1024 * 1024


def main(argv: list[str]) -> int:
    parser = Parser("receive-mail", "Garder dans la boîte commune le message lu sur l’entrée standard.")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    ready_django()
    from democratic.config.commands import receive_mail_acts  # noqa: PLC0415 -- needs Django ready

    return receive_mail_acts.receive(raw, asked.authority)
