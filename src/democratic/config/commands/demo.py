"""``bin/democratic demo …``: load the demonstration, purge it, or print its accounts."""

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser(
        "demo", "Le territoire de démonstration, Val-d’Orbe : le charger, le purger, ses comptes."
    )
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACTE", parser_class=_Act)
    load = acts.add_parser("load", help="charger le territoire dans une base vide")
    load.add_argument("--if-empty", action="store_true", help="ne rien faire si la base a déjà un territoire")
    acts.add_parser("purge", help="vider une base de démonstration, et elle seule")
    acts.add_parser("accounts", help="les dix comptes, et leur mot de passe")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import demo_acts  # noqa: PLC0415 -- needs Django ready

    if asked.act == "load":
        demo_acts.load(if_empty=asked.if_empty)
    elif asked.act == "purge":
        demo_acts.purge()
    else:
        demo_acts.show_accounts()
    return 0


class _Act(Parser):
    """As argparse makes it: it gives the program's whole name itself."""

    def __init__(self, *, prog: str) -> None:
        super().__init__(prog.removeprefix("bin/democratic "), "")
