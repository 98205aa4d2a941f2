"""``bin/democratic import-outline``: the shape of an authority, from a GeoJSON file."""

from pathlib import Path

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser("import-outline", "Donner ses contours et ses communes à une collectivité.")
    parser.add_argument("file", type=Path, metavar="FICHIER", help="un .geojson : des polygones, en degrés")
    parser.add_argument("--authority", default="", metavar="ADRESSE", help="si la base en a plusieurs")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import import_outline_acts  # noqa: PLC0415 -- needs Django ready

    import_outline_acts.import_outline_file(asked.file, asked.authority)
    return 0
