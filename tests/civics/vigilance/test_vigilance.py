"""Five hundred accounts that play a crowd are seen, and those who really speak are left in peace."""

import sys

import pytest

from campaign import REAL, START, campaign, generated, real
from civics.vigilance.acts import DAY, HOUR, Act, Sign
from civics.vigilance.bursts import bursts, usual_in_an_hour
from civics.vigilance.likeness import alike_pairs, groups_of
from civics.vigilance.watching import watch

SEEDS = (1, 2, 3)


def measured(organic: list[Act], seed: int) -> tuple[float, float]:
    """The share of the campaign's accounts that are flagged, and of the others' (percent)."""
    ours = campaign(seed)
    found = watch([*organic, *ours], since=START)
    flagged = {key for finding in found for key in finding.flagged}
    seen = {act.author for act in ours if act.key in flagged}
    wrong = {act.author for act in organic if act.key in flagged}
    everyone = {act.author for act in organic}
    return 100 * len(seen) / len({act.author for act in ours}), 100 * len(wrong) / len(everyone)


def tell(capsys, among: str, seen: float, wrong: float) -> None:
    """The figures themselves, whether they pass or not."""
    with capsys.disabled():
        sys.stdout.write(f"\nvigilance, {among}: {seen:.1f} % flagged, {wrong:.2f} % wrongly\n")


@pytest.mark.parametrize("seed", SEEDS)
def test_of_five_hundred_accounts_95_percent_are_flagged_and_1_percent_of_the_others_at_most(seed, capsys):
    seen, wrong = measured(generated(seed), seed)

    tell(capsys, f"generated debate, seed {seed}", seen, wrong)
    assert seen >= 95
    assert wrong <= 1


@pytest.mark.skipif(not REAL.exists(), reason=f"the real contributions are not here: {REAL}")
@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_among_the_real_contributions_of_2019(seed, capsys):
    seen, wrong = measured(real(), seed)

    tell(capsys, f"real contributions, seed {seed}", seen, wrong)
    assert seen >= 95
    assert wrong <= 1


@pytest.mark.skipif(not REAL.exists(), reason=f"the real contributions are not here: {REAL}")
def test_without_a_campaign_nobody_of_the_real_contributions_is_flagged():
    found = watch(real(), since=0)

    assert sum(len(finding.flagged) for finding in found) <= 9  # of 933


def test_a_busy_evening_after_a_letter_is_told_and_flags_nobody():
    said = generated(7, people=120)
    letter = [Act(n, n, START + n * 30, True, act.words) for n, act in enumerate(said) if act.words][:120]
    before = [Act(f"b{n}", f"b{n}", START - DAY + n * HOUR, True, "") for n in range(20)]

    found = watch([*before, *letter], since=START)

    assert [finding.sign for finding in found if not finding.flagged] == [Sign.VELOCITY]
    assert not any(finding.flagged for finding in found)


def test_the_same_letter_copied_by_four_neighbours_flags_nobody_and_by_five_newcomers_does():
    words = "Nous demandons que le dernier bus parte après le cinéma du vendredi soir"

    def copied(n: int, *, is_new: bool) -> int:
        acts = [Act(each, each, START + each * HOUR, is_new, words) for each in range(n)]
        return sum(len(finding.flagged) for finding in watch(acts, since=START))

    assert (copied(4, is_new=True), copied(5, is_new=True), copied(9, is_new=False)) == (0, 5, 0)


def test_one_person_who_repeats_herself_is_not_a_crowd():
    words = "Nous demandons que le dernier bus parte après le cinéma du vendredi soir"
    acts = [Act(n, "me", START + n * 60, True, words) for n in range(30)]

    assert not any(finding.flagged for finding in watch(acts, since=START))


def test_newcomers_who_come_at_once_to_one_word_are_told_and_a_slow_crowd_is_not():
    at_once = [Act(n, n, START + n * 60, True, target="x") for n in range(60)]
    slowly = [Act(f"y{n}", f"y{n}", START + n * HOUR, True, target="y") for n in range(60)]

    found = [each for each in watch([*at_once, *slowly], since=START) if each.sign == Sign.NEWCOMERS]

    assert [finding.acts for finding in found] == [60]


def test_short_sentences_said_by_many_are_nobody_s_campaign():
    acts = [Act(n, n, START + n, True, "Plus de bus le soir") for n in range(15)]

    assert not any(finding.flagged for finding in watch(acts, since=START))


def test_the_order_in_which_acts_are_read_changes_nothing():
    acts = [*generated(5, people=60), *campaign(5, accounts=40)]

    assert watch(acts, since=START) == watch(acts[::-1], since=START)


def test_nothing_said_is_nothing_found():
    assert watch([], since=START) == []


def test_endings_and_accents_do_not_hide_a_copy():
    texts = [
        "Les habitants exigent l’abandon immédiat de cette ligne inutile et coûteuse",
        "LES HABITANTS EXIGENT L'ABANDON IMMEDIAT DE CETTE LIGNE INUTILE ET COUTEUSE !!!",
        "Une piste cyclable éclairée entre le collège et la piscine serait bienvenue",
    ]

    assert alike_pairs(texts) == [(0, 1)]


def test_what_is_linked_by_a_chain_is_one_group():
    assert groups_of(6, [(0, 1), (1, 2), (4, 5)]) == [[0, 1, 2], [4, 5]]


def test_two_bursts_are_two_and_one_that_goes_on_is_one():
    twice = [*(n * 60.0 for n in range(30)), *(10 * HOUR + n * 60 for n in range(30))]
    long = [n * 60.0 for n in range(200)]

    assert bursts(twice, 0) == [(0, 29), (30, 59)]
    assert bursts(long, 0) == [(0, 199)]


def test_the_busiest_hour_in_a_hundred_is_not_usual():
    quiet = [n * HOUR for n in range(200)]

    assert usual_in_an_hour(sorted([*quiet, *(50 * HOUR + n for n in range(40))]), 300 * HOUR) == 1
