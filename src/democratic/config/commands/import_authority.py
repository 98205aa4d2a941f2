"""``bin/democratic import-authority FILE``: an authority that comes from another installation."""

from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser(
        "import-authority", "Reprend une collectivité qui vient d'une autre installation, ou rien."
    )
    parser.add_argument("file", type=Path, metavar="FICHIER.zip")
    parser.add_argument(
        "--key", help="la clé publique de l'ancien journal (64 signes), si vous l'avez gardée"
    )
    parser.add_argument("--passphrase-file", type=Path, metavar="FICHIER", help="s'il est chiffré")
    asked = parser.parse_args(argv)
    if not asked.file.is_file():
        raise CannotStart(f"{asked.file} n'existe pas.")
    ready_django()
    from democratic.config.commands import portable_acts  # noqa: PLC0415 -- needs Django ready

    portable_acts.bring(asked.file, expected_key=asked.key, passphrase_file=asked.passphrase_file)
    return 0
