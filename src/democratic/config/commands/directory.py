"""``bin/democratic scim-token`` and ``staff-list``: an authority's directory says who no longer works there."""

from pathlib import Path

from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def scim_token(argv: list[str]) -> int:
    parser = Parser("scim-token", "Faire le jeton d’un annuaire (SCIM) : il est montré ici, une seule fois.")
    parser.add_argument("authority", metavar="ADRESSE", help="la collectivité, comme « ma-ville »")
    parser.add_argument("--withdraw", action="store_true", help="le retirer, sans en faire un autre")
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import directory_acts  # noqa: PLC0415 -- needs Django ready

    if asked.withdraw:
        directory_acts.withdraw_token(asked.authority)
    else:
        directory_acts.make_token(asked.authority)
    return 0


def staff_list(argv: list[str]) -> int:
    parser = Parser("staff-list", "Terminer les rôles de qui n’est plus sur la liste des agents.")
    parser.add_argument(
        "file", type=Path, metavar="FICHIER.csv", help="une adresse par ligne, ou une colonne « email »"
    )
    parser.add_argument("--authority", required=True, metavar="ADRESSE")
    parser.add_argument(
        "--apply", action="store_true", help="le faire ; sans cela, dire seulement ce qui serait fait"
    )
    asked = parser.parse_args(argv)
    ready_django()
    from democratic.config.commands import directory_acts  # noqa: PLC0415 -- needs Django ready

    directory_acts.compare(asked.file, asked.authority, is_applied=asked.apply)
    return 0
