"""What a check found: all is well, something to know, or a reason not to open to the public."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    WARNING = "warning"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Finding:
    """``text`` is what is so, ``advice`` what to do about it (empty when all is well); both in French."""

    name: str
    state: State
    text: str
    advice: str = ""

    def as_fields(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items()}


Look = Callable[[], Iterable[Finding]]


def well(name: str, text: str) -> Finding:
    return Finding(name, State.OK, text)


def warned(name: str, text: str, advice: str) -> Finding:
    return Finding(name, State.WARNING, text, advice)


def refused(name: str, text: str, advice: str) -> Finding:
    return Finding(name, State.REFUSED, text, advice)


def softened(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Away from the public, what would be refused there is only said: a demonstration has no HTTPS."""
    for found in findings:
        yield replace(found, state=State.WARNING) if found.state is State.REFUSED else found
