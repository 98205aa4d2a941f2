"""``bin/democratic account``: suspend an account, and everything that it has open; or restore it."""

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser("account", "Suspendre un compte, sur tous ses appareils, ou le rétablir.")
    parser.add_argument("act", choices=["suspend", "restore"], metavar="suspend|restore")
    parser.add_argument("email", metavar="COURRIEL", help="l’adresse principale du compte")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import account_acts  # noqa: PLC0415 -- needs Django ready

    account_acts.suspend(asked.email) if asked.act == "suspend" else account_acts.restore(asked.email)
    return 0
