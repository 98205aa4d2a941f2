"""What the entry is told of someone who follows a meeting, and how a page says where to follow it."""

from dataclasses import dataclass

from democratic.web.watched import Watching

TEAM = "pour=equipe"  # what those who run the meeting are told too


@dataclass(frozen=True, slots=True)
class Following(Watching):
    """Someone to whom this meeting was just shown, in this language; ``is_team``: she runs it."""

    meeting: str
    language: str
    is_team: bool
