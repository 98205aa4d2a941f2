"""How much there is to measure: said before Django is set up, as each size has a database of its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """``comments`` and ``supports`` are for each idea; every neighbour is an authority with as many ideas."""

    ideas: int
    comments: int = 5
    supports: int = 5
    neighbours: int = 0

    def __str__(self) -> str:
        marks = f"{self.ideas * self.comments:,} comments, {self.ideas * self.supports:,} supports"
        beside = f", {self.neighbours} other authorities as large" if self.neighbours else ""
        return f"{self.ideas:,} ideas, {marks}{beside}"


@dataclass(frozen=True, slots=True)
class Step:
    what: str
    seconds: float
    detail: str
