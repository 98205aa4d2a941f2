"""``bin/democratic``: one table of commands. Nothing is loaded but the command that is asked for."""

import importlib
import os
import sys
from dataclasses import dataclass

from democratic.config.places import LIFE
from democratic.config.server.errors import CannotStart, in_one_line

INTERRUPTED = 130
HELP = {"-h", "--help"}


@dataclass(frozen=True, slots=True)
class Command:
    """``target`` is "module:function": it takes the words after the name and gives the exit code.

    ``refuses_with``: the exit of one that cannot start, where a program waits for its own.
    """

    target: str
    summary: str
    needs_database: bool = True
    needs_tables: bool = True  # of this very version
    refuses_with: int = CannotStart.exit_code


COMMANDS = {
    "run": Command("democratic.config.server.run:main", "tout démarrer, comme bin/run", needs_database=False),
    "web": Command("democratic.config.commands.web:main", "servir les pages"),
    "worker": Command("democratic.config.commands.worker:main", "faire les tâches : vues, courriels"),
    "sequencer": Command("democratic.config.commands.sequencer:main", "numéroter et sceller le journal"),
    "migrate": Command(
        "democratic.config.server.migrate:main", "mettre à jour les tables", needs_tables=False
    ),
    "manage": Command("democratic.config.server.manage:main", "les commandes de Django", needs_tables=False),
    "journal": Command("democratic.config.commands.journal:main", "rejouer une vue, changer d'époque"),
    "audit": Command(
        "democratic.config.commands.audit:main",
        "vérifier un journal publié",
        needs_database=False,
    ),
    "import": Command("democratic.config.commands.import_:main", "reprendre une concertation existante"),
    "import-outline": Command(
        "democratic.config.commands.import_outline:main", "donner ses contours à une collectivité"
    ),
    "open-authority": Command("democratic.config.commands.open_authority:main", "ouvrir une collectivité"),
    "invite": Command("democratic.config.commands.invite:main", "inviter une personne à administrer"),
    "account": Command("democratic.config.commands.account:main", "suspendre un compte, ou le rétablir"),
    "scim-token": Command(
        "democratic.config.commands.directory:scim_token", "ouvrir à un annuaire d'agents (SCIM)"
    ),
    "staff-list": Command(
        "democratic.config.commands.directory:staff_list", "terminer les rôles de qui est parti"
    ),
    "export-authority": Command(
        "democratic.config.commands.export_authority:main", "emporter une collectivité, en formats ouverts"
    ),
    "import-authority": Command(
        "democratic.config.commands.import_authority:main", "reprendre une collectivité exportée ailleurs"
    ),
    "rehearse": Command(
        "democratic.config.commands.rehearse:main", "jouer une concertation à blanc, dans une base à part"
    ),
    "receive-mail": Command(
        "democratic.config.commands.receive_mail:main",
        "garder un courriel dans la boîte commune",
        refuses_with=75,  # a mail server then asks again later (sysexits.h)
    ),
    "demo": Command("democratic.config.commands.demo:main", "le territoire de démonstration"),
    "bench": Command(
        "democratic.config.commands.bench:main",
        "mesurer la vitesse des pages",
        needs_database=False,  # it fills one of its own
    ),
    "check": Command(
        "democratic.config.commands.check:main",
        "dire si l'on peut ouvrir au public",
        needs_database=False,  # an unsafe one is what it is there to tell
    ),
    "sbom": Command(
        "democratic.config.commands.sbom:main",
        "ce que d'autres ont fait et que ce produit contient",
        needs_database=False,
    ),
    "backup": Command(
        "democratic.config.commands.backup:main", "sauvegarder tout, chiffré", needs_tables=False
    ),
    "upgrade": Command(
        "democratic.config.commands.upgrade:main",
        "passer à cette version, après une sauvegarde",
        needs_tables=False,
    ),
    "restore": Command(
        "democratic.config.commands.restore:main",
        "restaurer une sauvegarde dans une installation vide",
        needs_database=False,  # it makes one
    ),
    "read-only": Command("democratic.config.commands.read_only:main", "ne plus rien écrire, ou de nouveau"),
    "archiver": Command(
        "democratic.config.commands.archiver:main",
        "suivre la base dans un second endroit",
        needs_tables=False,
    ),
    "health": Command("democratic.config.server.health:main", "dire si tout va bien", needs_database=False),
    "db": Command("democratic.config.server.db:main", "où est la base, et y entrer", needs_database=False),
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] in {*HELP, "help"}:
        return _show_help()
    name, rest = argv[0], argv[1:]
    try:
        return _call(name, rest)
    except CannotStart as refusal:
        return _refuse(str(refusal), name)
    except BrokenPipeError:
        return INTERRUPTED  # who reads our lines had enough of them
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if (line := in_one_line(error)) is None:
            raise
        return _refuse(line, name)


def _call(name: str, rest: list[str]) -> int:
    command = COMMANDS.get(name)
    if command is None:
        raise CannotStart(f"Commande inconnue : « {name} ». La liste : bin/democratic --help")
    module, _, function = command.target.partition(":")
    entry = getattr(importlib.import_module(module), function)
    if (
        not command.needs_database
        or not HELP.isdisjoint(rest)
        or LIFE in os.environ  # a service's database was examined by its supervisor
    ):
        return int(entry(rest) or 0)
    # Loaded here: it brings psycopg, which --help and an unknown command do without.
    from democratic.config.server.database import database_for  # noqa: PLC0415
    from democratic.config.server.known import refuse_tables_behind  # noqa: PLC0415

    with database_for(" ".join([name, *rest])) as url:
        if command.needs_tables:
            refuse_tables_behind(url)
        return int(entry(rest) or 0)


def _show_help() -> int:
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {command.summary}" for name, command in COMMANDS.items()]
    sys.stdout.write("bin/democratic COMMANDE …\n\n" + "\n".join(lines) + "\n")
    return 0


def _refuse(line: str, name: str) -> int:
    sys.stderr.write(line + "\n")
    return COMMANDS[name].refuses_with if name in COMMANDS else CannotStart.exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
