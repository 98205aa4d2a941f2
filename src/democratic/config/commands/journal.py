"""``bin/democratic journal …``: what an operator asks of the public journal."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from democratic.config.server.errors import CannotStart
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser


def main(argv: list[str]) -> int:
    asked = _parse(argv)
    ready_django()
    from democratic.config.commands import journal_acts  # noqa: PLC0415 -- needs Django ready

    acts: dict[str, Callable[[Namespace], None]] = {
        "status": journal_acts.show_status,
        "head": journal_acts.show_head,
        "replay": journal_acts.replay_view,
        "retry": journal_acts.retry_effect,
        "new-epoch": journal_acts.open_epoch,
        "export": journal_acts.export_to,
    }
    try:
        acts[asked.act](asked)
    except journal_acts.REFUSALS as refusal:
        raise CannotStart(str(refusal)) from refusal
    return 0


def _parse(argv: list[str]) -> Namespace:
    parser = Parser("journal", "Le journal public : où il en est, ses vues, ses époques, sa publication.")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACTE", parser_class=_Act)
    acts.add_parser("status", help="ce qui attend, et le retard de chaque vue")
    acts.add_parser("head", help="la dernière tête signée")
    replay = acts.add_parser("replay", help="refaire une vue depuis le début")
    replay.add_argument("name", metavar="NOM")
    retry = acts.add_parser("retry", help="reprendre les faits qu'un effet a mis de côté")
    retry.add_argument("name", metavar="NOM")
    epoch = acts.add_parser(
        "new-epoch", help="continuer après la restauration d'une sauvegarde, publiquement"
    )
    epoch.add_argument("--reason", required=True, metavar="MOTIF", help="publié dans le journal")
    export = acts.add_parser("export", help="écrire le journal public dans un dossier, pour audit")
    export.add_argument("directory", type=Path, metavar="DOSSIER")
    return parser.parse_args(argv)


class _Act(Parser):
    """As argparse makes it: it gives the program's whole name itself."""

    def __init__(self, *, prog: str) -> None:
        super().__init__(prog.removeprefix("bin/democratic "), "")
