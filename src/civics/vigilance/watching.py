from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet

from civics.vigilance.acts import DAY, HOUR, Act, Finding, Sign
from civics.vigilance.bursts import FEWEST, bursts, most_in_an_hour, usual_in_an_hour
from civics.vigilance.likeness import alike_pairs, groups_of

FEWEST_AUTHORS = 5
MOSTLY_NEW = 0.6
PLAYED = 0.5  # of a word's new supporters, those who also copied a text


def watch(acts: Sequence[Act], *, since: float) -> list[Finding]:
    """What is unusual among these acts of one consultation, when it went on after ``since``.

    What came before ``since`` tells what is usual. The same acts give the same findings, in any order.
    """
    ordered = sorted(acts, key=lambda act: (act.at, str(act.key)))
    copied = _same_words(ordered, since)
    keys = {key for finding in copied for key in finding.flagged}
    hands = {act.author for act in ordered if act.key in keys}
    found = [*copied, *_same_targets(ordered, since, hands), *_speed(ordered, since)]
    return [finding for finding in found if finding.ended >= since]


def _same_words(acts: Sequence[Act], since: float) -> list[Finding]:
    """One text, or almost, under many hands, most of them new, most within a day. An account that slept is one more."""
    said = [act for act in acts if act.words]
    times = [act.at for act in said]
    busy = most_in_an_hour(usual_in_an_hour(times, since))
    found = []
    for group in groups_of(len(said), alike_pairs([act.words for act in said])):
        within = _busiest_day([said[at] for at in group])
        authors = {act.author for act in within}
        new = {act.author for act in within if act.is_new}
        if len(authors) < FEWEST_AUTHORS or len(new) < MOSTLY_NEW * len(authors):
            continue
        together = [said[at] for at in group]
        if _is_a_pocket(together, times, busy):
            continue
        flagged = frozenset(act.key for act in together)
        found.append(Finding(Sign.SIMILARITY, together[0].at, together[-1].at, len(together), 1, flagged))
    return found


def _is_a_pocket(group: Sequence[Act], times: Sequence[float], busy: int) -> bool:
    """A few neighbours of a class or of a room who said alike, in an hour when many more said something else."""
    first, last = group[0].at, group[-1].at
    if last - first > HOUR:
        return False
    spare = (HOUR - (last - first)) / 2
    around = bisect_right(times, last + spare) - bisect_left(times, first - spare)
    others = around - len(group)
    return others >= max(busy, len(group))


def _busiest_day(acts: Sequence[Act]) -> Sequence[Act]:
    best: Sequence[Act] = acts[:1]
    first = 0
    for last, act in enumerate(acts):
        while act.at - acts[first].at > DAY:
            first += 1
        if last - first + 1 > len(best):
            best = acts[first : last + 1]
    return best


def _same_targets(acts: Sequence[Act], since: float, hands: AbstractSet[Hashable]) -> list[Finding]:
    """Newcomers who come at once to the same word, against the busiest hour of any other word.

    A meeting does it too: they are flagged where half of those who came are ``hands`` of one text, and told elsewhere.
    """
    by_target: dict[Hashable, list[Act]] = defaultdict(list)
    for act in acts:
        if act.target is not None and act.is_new:
            by_target[act.target].append(act)
    usual = max((usual_in_an_hour([a.at for a in each], since) for each in by_target.values()), default=0)
    found = []
    for each in by_target.values():
        is_theirs = sum(act.author in hands for act in each) >= PLAYED * len(each)
        runs = bursts([act.at for act in each], usual)
        if is_theirs and len(each) >= FEWEST:
            runs = [(0, len(each) - 1)]
        for first, last in runs:
            run = each[first : last + 1]
            flagged = frozenset(act.key for act in run) if is_theirs else frozenset[Hashable]()
            found.append(Finding(Sign.NEWCOMERS, run[0].at, run[-1].at, len(run), usual, flagged))
    return found


def _speed(acts: Sequence[Act], since: float) -> list[Finding]:
    times = [act.at for act in acts]
    usual = usual_in_an_hour(times, since)
    return [
        Finding(Sign.VELOCITY, times[first], times[last], last - first + 1, usual)
        for first, last in bursts(times, usual)
    ]
