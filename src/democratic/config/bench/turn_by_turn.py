"""What size or neighbours cost: two installations at once, and each page measured on both, turn by turn.

One after the other, two measures of the same differ by up to 20 %: the hour, the disk, another program. Turn by
turn both meet the same machine, and the median of the pairs says what is left. Of two towns that are the same,
the report tells its own noise.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from democratic.config.bench.load import Measure
from democratic.config.bench.size import Size
from democratic.config.server.errors import CannotStart


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of requests a second, on the first town and on the second."""

    what: str
    pairs: tuple[tuple[float, float], ...]

    @property
    def first(self) -> float:
        return median(first for first, _second in self.pairs)

    @property
    def second(self) -> float:
        return median(second for _first, second in self.pairs)

    @property
    def costs(self) -> list[float]:
        """How many times more it costs in the second, 1 where the same: one for each pair, the least first."""
        return sorted(first / second for first, second in self.pairs)


def compared(first: Size, second: Size, *, workers: int, rounds: int, seconds: int) -> Iterator[Compared]:
    with ExitStack() as stack:
        stands = [stack.enter_context(_stand(size, workers)) for size in (first, second)]
        names, others = [_heard(stand) for stand in stands]
        if names != others:
            raise CannotStart("Les deux installations ne montrent pas les mêmes pages.")
        for number, name in enumerate(names):
            yield Compared(name, tuple(_pair(stands, number, seconds, turn) for turn in range(rounds)))


def _pair(stands: list[Connection], number: int, seconds: int, turn: int) -> tuple[float, float]:
    """Who begins changes at each turn: what the first leaves to the second goes both ways."""
    rates = [0.0, 0.0]
    for which in (0, 1) if turn % 2 == 0 else (1, 0):
        stands[which].send((number, seconds))
        measure: Measure = _heard(stands[which])
        rates[which] = measure.per_second
    return rates[0], rates[1]


def _heard(stand: Connection) -> Any:
    try:
        return stand.recv()
    except EOFError as end:
        raise CannotStart("Une des deux installations s’est arrêtée : son erreur est au-dessus.") from end


@contextmanager
def _stand(size: Size, workers: int) -> Iterator[Connection]:
    """A process of its own: Django's settings are read once, and each installation has its own database."""
    ours, its = get_context("spawn").Pipe()
    child = get_context("spawn").Process(target=_serve, args=(size, workers, its))
    child.start()
    its.close()
    try:
        yield ours
    finally:
        ours.close()
        child.join()


def _serve(size: Size, workers: int, pipe: Connection) -> None:
    from democratic.config.bench.installation import prepared, running  # noqa: PLC0415  heavy

    with prepared():
        from democratic.config.bench.fill import fill  # noqa: PLC0415  needs Django set up
        from democratic.config.bench.pages import probes  # noqa: PLC0415

        filled = fill(size)
        with running(workers) as installation:
            known = list(probes(installation.base, filled))
            pipe.send([probe.what for probe in known])
            while True:
                try:
                    number, seconds = pipe.recv()
                except EOFError:  # nobody asks any more
                    return
                pipe.send(known[number].run(seconds))
