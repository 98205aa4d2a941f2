"""``bin/democratic invite``: the first administrator of an installation, and any that follows."""

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser("invite", "Inviter une personne à administrer : le lien est montré ici, une seule fois.")
    parser.add_argument("email", metavar="COURRIEL", help="l’adresse avec laquelle elle se connectera")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import account_acts  # noqa: PLC0415 -- needs Django ready

    account_acts.invite(asked.email, asked.authority)
    return 0
