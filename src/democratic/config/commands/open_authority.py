"""``bin/democratic open-authority``: no page exists before the first one is open, so that this is said here."""

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    parser = Parser("open-authority", "Ouvrir une collectivité ; puis inviter qui l’administre.")
    parser.add_argument("slug", metavar="NOM-COURT", help="dans les adresses et les commandes : ma-ville")
    parser.add_argument("--name", required=True, metavar="NOM", help="« Ma Ville »")
    parser.add_argument("--kind", required=True, metavar="GENRE", help="« la Commune », « le Département »")
    parser.add_argument("--host", default="", metavar="HÔTE", help="le sien, sans https:// ; sinon, tous")
    parser.add_argument("--under-path", action="store_true", help="sous /c/NOM-COURT d’un hôte partagé")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import authority_acts  # noqa: PLC0415 -- needs Django ready

    authority_acts.open_one(
        slug=asked.slug,
        name=asked.name.strip(),
        kind=asked.kind.strip(),
        host=asked.host.strip().lower(),
        is_under_path=asked.under_path,
    )
    return 0
