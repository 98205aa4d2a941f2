"""What an import did, counted, with every refused row by its file and physical line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from democratic.participation.imports.decidim_rows import COMMENT, DEBATE, PROPOSAL
from democratic.participation.imports.tables import BadRow

NAMES = {PROPOSAL: "propositions", DEBATE: "débats sans titre", COMMENT: "commentaires"}


@dataclass(slots=True)
class Report:
    """Each count is by type of what Decidim calls it."""

    created: Counter[str] = field(default_factory=Counter)
    reworded: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    recounted: int = 0
    rejected: list[BadRow] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The report as it is shown, the refused rows in the order of their files."""
        said = [
            f"Créés : {_counts(self.created)}.",
            f"Changés à la source, nouvelle version : {_counts(self.reworded)}.",
            f"Inchangés : {_counts(self.unchanged)}.",
        ]
        if self.recounted:
            said.append(f"Votes recomptés : {self.recounted}.")
        said += [
            f"Ignoré : {file} n’est ni un export de propositions, ni de commentaires."
            for file in self.ignored
        ]
        said.append(f"Refusés : {len(self.rejected)}.")
        return said + [f"  {each.file}, ligne {each.line} : {each.reason}" for each in _sorted(self.rejected)]


def _sorted(rejected: Iterable[BadRow]) -> list[BadRow]:
    return sorted(rejected, key=lambda each: (each.file, each.line))


def _counts(counts: Counter[str]) -> str:
    said = [f"{counts[kind]} {name}" for kind, name in NAMES.items() if counts[kind]]
    return ", ".join(said) or "rien"
