"""``bin/democratic check``: may this installation open to the public? 0 yes, 1 no, and what to do about it."""

import json
import os

from democratic.config.checkup.findings import Finding, State
from democratic.config.places import places
from democratic.config.server.manage import ready_django
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say

SIGNS = {State.OK: "✓", State.WARNING: "!", State.REFUSED: "✗"}


def main(argv: list[str]) -> int:
    parser = Parser("check", "Dit si cette installation peut ouvrir au public, et sinon que faire.")
    parser.add_argument("--json", action="store_true", help="pour un programme : une liste JSON")
    parser.add_argument(
        "--mail", action="store_true", help="essayer aussi le serveur de courriels, sans rien envoyer"
    )
    asked = parser.parse_args(argv)
    from democratic.config.server.database import database_for  # noqa: PLC0415 -- its --help needs nothing

    with database_for("check", is_examined=False) as url:
        found = _found(url, with_mail=asked.mail)
    if asked.json:
        say(json.dumps([each.as_fields() for each in found], ensure_ascii=False, indent=1))
    else:
        _tell(found)
    return 1 if any(each.state is State.REFUSED for each in found) else 0


def _found(url: str, *, with_mail: bool) -> list[Finding]:
    ready_django()
    from democratic.config.checkup.examination import examine  # noqa: PLC0415 -- needs Django ready

    return examine(places(), url, os.environ, with_mail=with_mail)


def _tell(found: list[Finding]) -> None:
    """The worst last: whoever reads one line of a log reads that one."""
    for state, sign in SIGNS.items():
        for each in found:
            if each.state is state:
                say(f"{sign} {each.text}" + (f" → {each.advice}" if each.advice else ""))
