"""What is wrong with the lines of a pile, cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is wrong with a row: ``cells`` by name, each with its sentence."""

    number: int
    cells: Mapping[str, str]


class Unfinished(Refusal):
    """Rows that are not whole yet; what was typed is kept."""

    def __init__(self, rows: Sequence[Lacking]) -> None:
        super().__init__(_("Il manque quelque chose sur certaines lignes : elles disent quoi."))
        self.rows = rows
