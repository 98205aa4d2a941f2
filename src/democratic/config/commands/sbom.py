"""``bin/democratic sbom``: the bill of materials, to keep beside a release or to give to whoever asks."""

import json

from democratic.config.bill import bill
from democratic.config.server.parser import Parser
from democratic.config.server.progress import say


def main(argv: list[str]) -> int:
    Parser(
        "sbom", "Écrit la liste de ce que d'autres ont fait et que ce produit contient (CycloneDX)."
    ).parse_args(argv)
    say(json.dumps(bill(), ensure_ascii=False, indent=1))
    return 0
