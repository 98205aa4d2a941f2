"""A conversation written as data: what is asked, in which order, in which words. ``democratic-flow-1`` names this shape.

Its JSON Schema is made from these classes; docs/howto/write-a-flow.md says each line of it in words.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

FORMAT: Literal["democratic-flow-1"] = "democratic-flow-1"
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Said = Annotated[dict[Language, Line], Field(min_length=1)]
END = "end"  # where a conversation goes when it goes no further


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Silence(Strict):
    """After so many hours without a word, go on at another step, or end."""

    hours: int = Field(ge=1, le=24 * 30)
    goes: Key = END


class Asked(Strict):
    key: Key
    text: Said
    silence: Silence | None = None

    @field_validator("key")
    @classmethod
    def _end_is_nobodys(cls, key: str) -> str:
        if key == END:
            raise ValueError(f"{END!r} is where a conversation ends")
        return key


class FlowOption(Strict):
    """``goes``: the step that this answer leads to; the next one when it says nothing."""

    key: Key
    label: Annotated[dict[Language, Label], Field(min_length=1)]
    goes: Key | None = None


class ChoiceStep(Asked):
    """One tap. ``poll``: the code of a question of the process in which this answer counts, option by option."""

    kind: Literal["choice"]
    options: tuple[FlowOption, ...] = Field(min_length=2, max_length=10)
    poll: str = ""


class TextStep(Asked):
    """A sentence: it becomes a contribution."""

    kind: Literal["text"]


class NumberStep(Asked):
    kind: Literal["number"]
    least: int = 0
    most: int = 1_000_000


class PlaceStep(Asked):
    """Which place of the territory: by its name, however it is typed, or by its postcode."""

    kind: Literal["place"]


class AgeStep(Asked):
    kind: Literal["age_band"]


class MemberStep(Asked):
    """« Déjà membre d'un conseil ou d'un comité ? »: asked, never inferred, and one may not say."""

    kind: Literal["in_body"]


class PhotoStep(Asked):
    """``most_files``: how many one answer may bring; the others are left, and she is told."""

    kind: Literal["photo"]
    most_files: int = Field(default=3, ge=1, le=5)


class VoiceStep(Asked):
    """``most_minutes``: a longer one is refused in words; None for no limit but that of its weight."""

    kind: Literal["voice"]
    most_files: int = Field(default=1, ge=1, le=3)
    most_minutes: int | None = Field(default=None, ge=1, le=10)


class ConsentStep(Asked):
    """« On te dit ce que ça devient ? Oui, ici. »"""

    kind: Literal["consent"]


class MessageStep(Asked):
    """Says, and asks nothing."""

    kind: Literal["message"]


class HandOverStep(Asked):
    """The next words are for a person."""

    kind: Literal["hand_over"]


Single = Annotated[
    ChoiceStep | TextStep | NumberStep | PlaceStep | AgeStep | MemberStep | PhotoStep | VoiceStep | ConsentStep
    | MessageStep | HandOverStep,
    Field(discriminator="kind"),
]  # fmt: skip


class RotatingStep(Strict):
    """One question among several, drawn for each person: each is asked to as many."""

    kind: Literal["rotating"]
    key: Key
    among: tuple[Single, ...] = Field(min_length=2, max_length=20)


Step = Annotated[Single | RotatingStep, Field(discriminator="kind")]


class Flow(Strict):
    """``languages``: the first is spoken to whoever speaks none of them."""

    format: Literal["democratic-flow-1"] = FORMAT
    languages: tuple[Language, ...] = Field(min_length=1, max_length=8)
    intro: Said
    steps: tuple[Step, ...] = Field(min_length=1, max_length=30)
    outro: Said
    expires_after_hours: int = Field(default=72, ge=1, le=24 * 30)

    def singles(self) -> Iterator[Single]:
        """Every step that says something, those that are drawn among others too."""
        for step in self.steps:
            if isinstance(step, RotatingStep):
                yield from step.among
            else:
                yield step

    def in_language(self, said: dict[str, str], language: str) -> str:
        """``fr-BE`` is answered in ``fr`` where nothing is nearer."""
        near = language.partition("-")[0]
        return (
            said.get(language) or said.get(near) or said.get(self.languages[0]) or next(iter(said.values()))
        )
