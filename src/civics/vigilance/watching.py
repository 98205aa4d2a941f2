from collections import defaultdict
from collections.abc import Hashable, Sequence

from civics.vigilance.acts import DAY, Act, Finding, Sign
from civics.vigilance.bursts import bursts, usual_in_an_hour
from civics.vigilance.likeness import alike_pairs, groups_of

FEWEST_AUTHORS = 5
MOSTLY_NEW = 0.6


def watch(acts: Sequence[Act], *, since: float) -> list[Finding]:
    """What is unusual among these acts of one consultation, when it went on after ``since``.

    What came before ``since`` tells what is usual. The same acts give the same findings, in any order.
    """
    ordered = sorted(acts, key=lambda act: (act.at, str(act.key)))
    found = [*_same_words(ordered), *_same_targets(ordered, since), *_speed(ordered, since)]
    return [finding for finding in found if finding.ended >= since]


def _same_words(acts: Sequence[Act]) -> list[Finding]:
    """One text, or almost, under many new hands, most of them within a day."""
    said = [act for act in acts if act.words]
    found = []
    for group in groups_of(len(said), alike_pairs([act.words for act in said])):
        within = _busiest_day([said[at] for at in group])
        authors = {act.author for act in within}
        new = {act.author for act in within if act.is_new}
        if len(authors) < FEWEST_AUTHORS or len(new) < MOSTLY_NEW * len(authors):
            continue
        together = [said[at] for at in group]
        flagged = frozenset(act.key for act in together if act.is_new)
        found.append(Finding(Sign.SIMILARITY, together[0].at, together[-1].at, len(together), 1, flagged))
    return found


def _busiest_day(acts: Sequence[Act]) -> Sequence[Act]:
    best: Sequence[Act] = acts[:1]
    first = 0
    for last, act in enumerate(acts):
        while act.at - acts[first].at > DAY:
            first += 1
        if last - first + 1 > len(best):
            best = acts[first : last + 1]
    return best


def _same_targets(acts: Sequence[Act], since: float) -> list[Finding]:
    """Newcomers who come at once to the same word, against the busiest hour of any other word."""
    by_target: dict[Hashable, list[Act]] = defaultdict(list)
    for act in acts:
        if act.target is not None and act.is_new:
            by_target[act.target].append(act)
    usual = max((usual_in_an_hour([a.at for a in each], since) for each in by_target.values()), default=0)
    found = []
    for each in by_target.values():
        for first, last in bursts([act.at for act in each], usual):
            run = each[first : last + 1]
            flagged = frozenset(act.key for act in run)
            found.append(Finding(Sign.NEWCOMERS, run[0].at, run[-1].at, len(run), usual, flagged))
    return found


def _speed(acts: Sequence[Act], since: float) -> list[Finding]:
    times = [act.at for act in acts]
    usual = usual_in_an_hour(times, since)
    return [
        Finding(Sign.VELOCITY, times[first], times[last], last - first + 1, usual)
        for first, last in bursts(times, usual)
    ]
