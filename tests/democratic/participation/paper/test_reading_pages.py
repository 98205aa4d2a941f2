"""How well filled-in forms are read: printed as PDF, filled in by hand, scanned badly, read back. No silent error."""

from random import Random

import cv2
import numpy as np
import pytest

from asking import asked
from democratic.participation.paper.reader import read_page
from paper_piles import drawn_page, needs_poppler, pdf_of_run, printed, rastered
from scanned_forms import Camera, Hand, fill, jpeg

PAGES, SEED = 45, 20261129


def camera(random, number):
    """Five ways in turn: a good scanner, a crooked one, upside down on grey, and two phones."""
    return (
        Camera(random),
        Camera(random, turn=random.uniform(-8, 8), noise=6),
        Camera(random, is_upside_down=True, turn=random.uniform(-3, 3), ground=190, noise=8),
        Camera(random, turn=random.uniform(-8, 8), lean=0.06, ground=120, shadow=0.35, noise=6, blur=1.0, quality=60),
        Camera(
            random, turn=random.uniform(-4, 4), lean=0.03, ground=210, shadow=0.2, noise=10, blur=0.8, quality=60, scale=0.8
        ),
    )[number % 5]  # fmt: skip


def hand(random):
    return Hand(random, pen=random.choice((0.35, 0.5, 0.7)), ink=random.choice((20, 60, 90)))


def judged(read, truth):
    """(right, asked, wrong) among the groups of a page; an unread page asks for all of it."""
    if read.state != "read":
        return 0, len(truth), 0
    right = asks = wrong = 0
    for group, value in truth.items():
        told = read.groups[group]
        asks += told["asks"]
        right += not told["asks"] and told["ticked"] == value
        wrong += not told["asks"] and told["ticked"] != value
    return right, asks, wrong


@pytest.fixture
def run(territory):
    return printed(territory, asked(territory, options=[f"Réponse {n}" for n in range(7)]), PAGES)


@needs_poppler
def test_forms_filled_in_and_scanned_badly_are_read_without_one_silent_error(
    territory, run, tmp_path, capsys
):
    layouts, totals = {run.code: run.layout}, [0, 0, 0]
    for number, page in enumerate(rastered(pdf_of_run(run, territory), tmp_path)):
        random = Random(SEED + number)
        truth = {group: [value] for group, value in fill(page, run.layout, hand(random)).items()} | {
            "consent": ["yes"]
        }
        taken = camera(random, number)
        read = read_page(jpeg(taken.take(page), taken.quality), 0, layouts)
        assert read.code.split("-")[2] == f"{number + 1:04d}"
        totals = [total + n for total, n in zip(totals, judged(read, truth), strict=True)]
    _right, asks, wrong = totals
    assert wrong == 0, totals
    assert asks <= 0.03 * sum(totals), totals


def misled(page, layout, hand, how):
    """Signs that a careful reader would ask about; what the page really says of its choice, by hand ``how``."""
    side = layout["side"]
    choices = [box for box in layout["boxes"] if box["group"] == "choice"]
    first, second = choices[0], choices[3]
    x, y = first["x"], first["y"]
    if how == "two ticks":
        hand.tick(page, first, side, "cross")
        hand.tick(page, second, side, "tick")
    elif how == "struck out, then another":
        hand.tick(page, first, side, "cross")
        hand.stroke(page, [(x + 0.5, y + 0.3 * n) for n in range(14)] * 3, pen=2.5)
        hand.tick(page, second, side, "cross")
    elif how == "beside the box":
        hand.stroke(page, [(x - 1.4, y + 0.5), (x - 1.0, y + 3.8)], pen=0.7)
    elif how == "circled":
        hand.stroke(
            page,
            [
                (x - 1.2, y - 1.2),
                (x + 5.7, y - 1.2),
                (x + 5.7, y + 5.7),
                (x - 1.2, y + 5.7),
                (x - 1.2, y - 1.2),
            ],
        )
    elif how == "pencil that hardly shows":
        hand.stroke(page, [(x + 0.8, y + 0.8), (x + 3.7, y + 3.7)], ink=200, pen=0.5)
    elif how == "a line across the page":
        hand.stroke(page, [(x - 8, y + 26), (x + 2, y + 2), (x + 12, y - 18)])
    else:
        raise ValueError(how)


@pytest.mark.parametrize(
    "how",
    [
        "two ticks",
        "struck out, then another",
        "beside the box",
        "circled",
        "pencil that hardly shows",
        "a line across the page",
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_not_plain_is_asked(run, how, seed):
    random = Random(seed)
    page = drawn_page(run, 1)
    misled(page, run.layout, Hand(random), how)
    taken = camera(random, seed)
    read = read_page(jpeg(taken.take(page), taken.quality), 0, {run.code: run.layout})
    assert read.state == "read"
    assert read.groups["choice"]["asks"], read.groups["choice"]


@pytest.mark.parametrize("number", range(5))
def test_an_empty_form_is_read_as_empty_whoever_takes_it(run, number):
    taken = camera(Random(number), number)
    read = read_page(jpeg(taken.take(drawn_page(run, 2)), taken.quality), 0, {run.code: run.layout})
    assert {group: (told["ticked"], told["asks"]) for group, told in read.groups.items()} == {
        group: ([], False) for group in ("age", "choice", "body", "consent")
    }
    assert max(read.inked.values()) < 0.0004


def test_a_page_where_even_the_empty_box_is_dirty_asks_about_everything(run):
    page = drawn_page(run, 1)
    x, y = run.layout["empty"]
    Hand(Random(1)).tick(page, {"x": x, "y": y}, run.layout["side"], "cross")
    read = read_page(jpeg(page), 0, {run.code: run.layout})
    assert all(told["asks"] for told in read.groups.values())


@pytest.mark.parametrize("shift", [12, 24, 40])
def test_a_page_folded_between_its_marks_is_read_right_or_not_at_all(run, shift):
    page = drawn_page(run, 1)
    truth = {group: [value] for group, value in fill(page, run.layout, hand(Random(shift))).items()}
    low = page[1400:, :].copy()
    page[1400:, :] = 255
    page[1400:, shift:] = low[:, :-shift]
    read = read_page(jpeg(page), 0, {run.code: run.layout})
    assert judged(read, truth)[2] == 0


def test_two_pages_in_one_picture_are_not_read_as_one(run):
    both = np.concatenate([drawn_page(run, 1), drawn_page(run, 2)], axis=1)
    assert read_page(jpeg(both), 0, {run.code: run.layout}).state == "no_code"


def test_a_scan_at_a_hundred_dots_an_inch_is_read_or_asked_about(run):
    wrong = 0
    for serial in range(1, 6):
        random = Random(serial)
        page = drawn_page(run, serial)
        truth = {group: [value] for group, value in fill(page, run.layout, hand(random)).items()}
        small = cv2.resize(page, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        wrong += judged(read_page(jpeg(small, 60), 0, {run.code: run.layout}), truth)[2]
    assert wrong == 0
