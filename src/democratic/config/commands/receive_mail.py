"""``democratic receive-mail``: one message on the standard input, as a pipe of any mail server hands it over.

Answers by sysexits.h, which Postfix's pipe(8) reads: 0 it is kept, 65 it can't be, 75 ask again later. So whatever
keeps the product from starting is 75: a mail is never sent back because a database was away.
"""

import sys

from democratic.config.server.errors import CannotStart, in_one_line
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser

MOST_BYTES = 10 * 1024 * 1024
LATER = 75


def main(argv: list[str]) -> int:
    parser = Parser("receive-mail", "Garder dans la boîte commune le message lu sur l’entrée standard.")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    raw = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        return _receive(raw, asked.authority)
    except CannotStart as refusal:
        sys.stderr.write(f"{refusal}\n")
    except Exception as error:
        if (line := in_one_line(error)) is None:
            raise
        sys.stderr.write(f"{line}\n")
    return LATER


def _receive(raw: bytes, authority: str) -> int:
    from democratic.config.server.database import database_for  # noqa: PLC0415 -- brings psycopg
    from democratic.config.server.known import refuse_tables_behind  # noqa: PLC0415

    with database_for("receive-mail") as url:
        refuse_tables_behind(url)
        ready_django()
        from democratic.config.commands import receive_mail_acts  # noqa: PLC0415 -- needs Django ready

        return receive_mail_acts.receive(raw, authority)
