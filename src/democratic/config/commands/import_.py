"""``bin/democratic import``: take over a consultation that was held elsewhere."""

from argparse import Namespace
from pathlib import Path

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    ready_django()
    from democratic.config.commands import import_acts  # noqa: PLC0415 -- needs Django ready

    import_acts.import_decidim_folder(asked.folder, asked.process, asked.authority)
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("import", "Reprendre une concertation tenue ailleurs, et dire ce qui n’a pas pu l’être.")
    sources = parser.add_subparsers(dest="source", required=True, metavar="SOURCE", parser_class=_Source)
    decidim = sources.add_parser("decidim", help="les exports CSV d’une plateforme Decidim")
    decidim.add_argument("folder", type=Path, metavar="DOSSIER", help="où sont les fichiers .csv, tels quels")
    decidim.add_argument("--process", required=True, metavar="ADRESSE", help="la concertation qui les reçoit")
    decidim.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    return parser.parse_args(argv)


class _Source(Parser):
    """As argparse makes it: it gives the program's whole name itself."""

    def __init__(self, *, prog: str) -> None:
        super().__init__(prog.removeprefix("bin/democratic "), "")
