"""Marks that are no plain tick: a dot, a sign struck through, dust, a smear, a fold. None is counted in silence."""

from collections import Counter
from random import Random

import pytest

from asking import asked
from democratic.participation.paper.models import PaperRow, ScanPicture
from democratic.participation.paper.reader import read_page
from folded_sheets import folded
from paper_piles import drawn_page, pile, printed, scan
from scanned_forms import Camera, Hand, fill, jpeg
from uncertain_marks import DOUBTFUL, NOTHING, PLAIN, put, taken, verdict_on

PAGES = 4
GROUPS = ("age", "choice", "body")  # of each, one box is marked


@pytest.fixture
def run(territory):
    return printed(territory, asked(territory, options=[f"Réponse {n}" for n in range(7)]), 1)


def became(run, kind, *, pages=PAGES, groups=GROUPS):
    """How often this mark was asked about, ticked, read as empty or taken for another."""
    seen = Counter()
    for number in range(pages):
        random, page, marked = Random(f"{kind}{number}"), drawn_page(run, 1), {}
        for group in groups:
            box = random.choice([box for box in run.layout["boxes"] if box["group"] == group])
            put(page, box, run.layout["side"], kind, random)
            marked[group] = box["value"]
        picture, quality = taken(page, random)
        read = read_page(jpeg(picture, quality), 0, {run.code: run.layout})
        assert read.state == "read"
        seen.update(verdict_on(read.groups[group], value) for group, value in marked.items())
    return seen


@pytest.mark.parametrize("kind", PLAIN)
def test_a_plain_sign_is_read(run, kind):
    seen = became(run, kind)
    assert seen["ticked"] >= PAGES * len(GROUPS) - 1, seen
    assert not seen["empty"] + seen["another"], seen


@pytest.mark.parametrize("kind", DOUBTFUL)
def test_a_dot_and_a_sign_taken_back_are_asked_about(run, kind):
    assert became(run, kind) == Counter(asked=PAGES * len(GROUPS))


@pytest.mark.parametrize("kind", NOTHING)
def test_dust_a_fold_and_a_smear_are_never_a_tick(run, kind):
    groups = GROUPS if kind in ("speck", "empty") else GROUPS[1:2]
    seen = became(run, kind, groups=groups)
    assert not seen["ticked"] + seen["another"], seen


def test_a_pencil_is_read_or_asked_about_and_never_read_as_nothing(run):
    seen = became(run, "pencil")
    assert not seen["empty"] + seen["another"], seen


def on_the_table(page, heights, seed):
    """A sheet folded in three, as a phone takes it."""
    return Camera(Random(seed), turn=2, ground=200, noise=5, blur=0.5, quality=80).take(folded(page, heights))


@pytest.mark.parametrize("heights", [(6, -6), (8, 8), (14, -14), (14, 14), (20, 20), (25, -10)])
def test_a_sheet_folded_in_three_says_so(run, heights):
    page = drawn_page(run, 1)
    fill(page, run.layout, Hand(Random(1)), writes=False)
    read = read_page(jpeg(on_the_table(page, heights, 1)), 0, {run.code: run.layout})
    assert (read.state, read.groups) == ("folded", {})
    assert set(read.pictures) == {"page"}


@pytest.mark.parametrize("heights", [(0, 0), (2, -2), (3, 3)])
def test_a_sheet_that_lies_nearly_flat_again_is_read_right(run, heights):
    page = drawn_page(run, 1)
    truth = {}
    for group in GROUPS:
        box = [box for box in run.layout["boxes"] if box["group"] == group][-1]
        put(page, box, run.layout["side"], "cross", Random(group))
        truth[group] = box["value"]
    read = read_page(jpeg(on_the_table(page, heights, 2)), 0, {run.code: run.layout})
    assert {group: verdict_on(read.groups[group], value) for group, value in truth.items()} == dict.fromkeys(
        GROUPS, "ticked"
    )


def test_whoever_settles_a_doubt_sees_the_boxes_and_their_words_alone(territory):
    run = printed(territory, copies=1)
    page, side = drawn_page(run, 1), run.layout["side"]
    by_group = {box["group"]: box for box in run.layout["boxes"]}
    put(page, by_group["age"], side, "dot", Random(5))
    put(page, by_group["body"], side, "cross", Random(5))
    scan(pile(territory), jpeg(page), territory=territory)
    row = PaperRow.objects.get()
    assert (row.asks, row.age, row.body) == (["age"], "", "unsaid")
    assert sorted(ScanPicture.objects.values_list("part", flat=True)) == ["age", "page"]
