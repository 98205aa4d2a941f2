"""What a pile holds, as it is said before it is published or thrown away."""

from dataclasses import dataclass

from democratic.participation.paper.models import PaperBatch, ScanPage
from democratic.participation.paper.queries import cells_of
from democratic.participation.paper.rows import GROUPS


@dataclass(frozen=True, slots=True)
class Standing:
    """``speak`` become contributions, ``silent`` have words and do not; ``unsure``: the program hesitated on a box;
    ``unread``: pages that fill in no line, and that nobody settled; ``scanned``: all that was looked at.
    """

    sheets: int
    speak: int
    silent: int
    unsure: int
    unread: int
    scanned: int

    @property
    def stamp(self) -> str:
        """Of what was read before one confirms."""
        return "-".join(str(getattr(self, name)) for name in self.__slots__)


def standing_of(batch: PaperBatch) -> Standing:
    rows = list(cells_of(batch, 1).values())
    pages = ScanPage.objects.filter(file__batch=batch)
    speak = sum(cells.says for cells in rows)
    return Standing(
        sheets=len(rows),
        speak=speak,
        silent=sum(bool(cells.text) for cells in rows) - speak,
        unsure=pages.filter(pictures__part__in=GROUPS.values()).distinct().count(),
        unread=pages.filter(is_settled=False).exclude(problem="").count(),
        scanned=pages.count(),
    )
