"""What stands on one sheet, as somebody enters it: digits for what is ticked, words as they are written. Pure."""

from dataclasses import dataclass, fields, replace

from democratic.people.ages import GROWN
from democratic.people.models import AgeBand

# Digits on a keyboard, in the order of the boxes on the sheet; 0 is what nobody ticked.
AGES = {
    0: AgeBand.UNSAID,
    1: AgeBand.UNDER_15,
    2: AgeBand.TEENS,
    3: AgeBand.YOUNG,
    4: AgeBand.ADULT,
    5: AgeBand.SENIOR,
}
BODIES = {0: "unsaid", 1: "yes", 2: "no"}
TICKED = ("age", "choice", "body", "consents")
WRITTEN = ("first_name", "text")
NONE = 0  # of the choices: nothing ticked, or several


@dataclass(frozen=True, slots=True)
class Cells:
    """None or empty: not said yet. ``code``: of the stub, empty for a sheet that has none."""

    code: str = ""
    age: str = ""
    choice: int | None = None
    body: str = ""
    consents: bool | None = None
    first_name: str = ""
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Cells()

    @property
    def may_speak(self) -> bool:
        """From 15 on. An age that was not said counts as under 15."""
        return self.age in GROWN or self.age == AgeBand.TEENS

    @property
    def says(self) -> bool:
        """Whether its words become a contribution: with an age, and with agreement."""
        return bool(self.text.strip()) and self.may_speak and self.consents is True

    def kept(self) -> "Cells":
        """Without what may not be kept."""
        return self if self.may_speak else replace(self, first_name="", text="")

    def of_age(self, age: str) -> "Cells":
        """As its sheet says of all: what was typed of its age is not looked at; of a child, nothing else is asked."""
        if not age:
            return self
        return replace(self, age=age, consents=False if age == AgeBand.UNDER_15 else self.consents)

    def lacking(self, *, asks_choice: bool) -> list[str]:
        """The ticked cells that are still to be said."""
        needed = [name for name in TICKED if name != "choice" or asks_choice]
        return [name for name in needed if getattr(self, name) in ("", None)]


def differing(first: Cells, second: Cells) -> list[str]:
    """The ticked cells that two hands did not enter alike; words are written once, and read again."""
    return [name for name in TICKED if getattr(first, name) != getattr(second, name)]


NAMES = tuple(field.name for field in fields(Cells))
