"""``bin/democratic export-authority SLUG``: everything of one authority, in open formats."""

from argparse import Namespace
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    ready_django()
    from democratic.config.commands import portable_acts  # noqa: PLC0415 -- needs Django ready

    portable_acts.export(
        asked.slug, asked.to, with_private=asked.with_private, passphrase_file=asked.passphrase_file
    )
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("export-authority", "Tout d'une collectivité, en formats ouverts : pour partir avec.")
    parser.add_argument("slug", metavar="COLLECTIVITÉ", help="son nom court, comme « val-dorbe »")
    parser.add_argument("--to", type=Path, required=True, metavar="FICHIER.zip")
    parser.add_argument(
        "--with-private", action="store_true", help="aussi les personnes, les comptes, les adresses ; chiffré"
    )
    parser.add_argument("--passphrase-file", type=Path, metavar="FICHIER", help="avec --with-private")
    asked = parser.parse_args(argv)
    if asked.to.exists():
        raise CannotStart(f"{asked.to} existe déjà : donnez un autre nom.")
    return asked
