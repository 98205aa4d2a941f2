"""When a campaign takes pains and a town has its busy hours: who plays a crowd is seen, a class and a meeting are not."""

import sys

import pytest
from realistic import campaign, town

from campaign import START, generated
from civics.vigilance.acts import HOUR, Act, Sign
from civics.vigilance.watching import watch

MORE = pytest.mark.prove
SEEDS = (1, 2, 3, *(pytest.param(seed, marks=MORE) for seed in range(4, 13)))
COPIED = "Nous demandons que le dernier bus parte après le cinéma du vendredi soir"


def past(seed: int) -> list[Act]:
    """A month of the same debate, before the day that is looked at."""
    return [act for act in generated(seed + 100, people=400) if act.at < START]


@pytest.mark.parametrize("seed", SEEDS)
def test_95_percent_of_a_campaign_that_takes_pains_and_1_percent_of_the_town_at_most(seed, capsys):
    ours, others = campaign(seed), town(seed)

    found = watch([*past(seed), *others, *ours], since=START)

    flagged = {key for finding in found for key in finding.flagged}
    seen = 100 * share(ours, flagged)
    wrong = 100 * share(others, flagged)
    with capsys.disabled():
        sys.stdout.write(
            f"\nvigilance, realistic, seed {seed}: {seen:.1f} % flagged, {wrong:.2f} % wrongly\n"
        )
    assert seen >= 95
    assert wrong <= 1


def share(acts: list[Act], flagged: set) -> float:
    """Of the people who did something, those of whom anything is flagged."""
    return len({act.author for act in acts if act.key in flagged}) / len({act.author for act in acts})


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_campaign_the_town_s_busy_hours_are_told_and_nobody_is_flagged(seed):
    found = watch([*past(seed), *town(seed)], since=START)

    assert Sign.VELOCITY in {finding.sign for finding in found}
    assert not any(finding.flagged for finding in found)


def crowd(n: int) -> list[Act]:
    """Newcomers who come to one word, one a minute."""
    return [Act(f"x{each}", each, START + each * 60, True, target="x") for each in range(n)]


def copies(n: int, *, every: float = 60) -> list[Act]:
    return [Act(f"c{each}", each, START + each * every, True, COPIED) for each in range(n)]


def test_who_supports_at_once_what_a_copied_text_pushes_is_flagged_though_she_copied_nothing():
    (found,) = [each for each in watch([*copies(40), *crowd(60)], since=START) if each.sign == Sign.NEWCOMERS]

    assert len(found.flagged) == 60


def test_the_same_crowd_that_copied_nothing_is_told_and_not_flagged():
    (found,) = [each for each in watch(crowd(60), since=START) if each.sign == Sign.NEWCOMERS]

    assert (found.acts, found.flagged) == (60, frozenset())


def test_one_text_under_most_of_the_pens_of_a_consultation_is_seen_too():
    ours = [Act(f"c{n}", n, START + n * 300, True, f"{COPIED}{' vraiment' * (n % 3)}") for n in range(400)]
    others = [act for act in generated(4, people=200) if act.words]

    found = watch([*others, *ours], since=0)

    assert share(ours, {key for finding in found for key in finding.flagged}) >= 0.95


def test_an_account_that_slept_does_not_hide_among_the_copies():
    acts = [*copies(20), Act("old", "old", START + 30, False, COPIED)]

    assert "old" in {key for finding in watch(acts, since=START) for key in finding.flagged}


def test_some_pupils_who_copy_each_other_in_a_full_hour_are_no_campaign_and_in_an_empty_one_they_are():
    hour = [act for act in town(3) if act.words and str(act.author).startswith("pupil")]
    alone, among = (
        copies(12),
        [*copies(12), *(Act(a.key, a.author, START + n, True, a.words) for n, a in enumerate(hour))],
    )

    def flagged(acts: list[Act]) -> int:
        return sum(len(finding.flagged) for finding in watch(acts, since=START))

    assert (flagged(alone), flagged(among)) == (12, 0)


def test_a_full_hour_covers_nobody_who_goes_on_after_it():
    hour = [act for act in town(3) if act.words and str(act.author).startswith("pupil")]
    acts = [
        *copies(12, every=HOUR / 4),
        *(Act(a.key, a.author, START + n, True, a.words) for n, a in enumerate(hour)),
    ]

    assert sum(len(finding.flagged) for finding in watch(acts, since=START)) == 12
