"""What hands, dust and folds leave in a box: plain signs, signs that hesitate, and what is no sign at all."""

from math import pi, sqrt

import cv2
import numpy as np

from scanned_forms import PER_MM, Camera, Hand

PLAIN = ("cross", "tick", "slash", "scribble", "filled")
FAINT = ("pencil",)
DOUBTFUL = ("dot", "struck", "struck twice", "scribbled out")
NOTHING = ("speck", "fold", "smear", "empty")
KINDS = (*PLAIN, *FAINT, *DOUBTFUL, *NOTHING)


def put(page, box, side, kind, random):
    """Leave this in a box. Pens of 0.35 to 0.7 mm, in three inks; a dot is from 2 to 10 % of the box."""
    hand = Hand(random, pen=random.choice((0.35, 0.5, 0.7)), ink=random.choice((20, 60, 90)))
    at = page, random, box["x"], box["y"], side
    if kind in ("cross", "tick", "slash", "scribble"):
        hand.tick(page, box, side, kind)
    elif kind == "pencil":
        hand.ink = random.randint(130, 195)
        hand.tick(page, box, side, random.choice(("cross", "tick", "slash")))
    elif kind in DOUBTFUL[1:]:
        hand.tick(page, box, side, "cross")
        _take_back(page, hand, box["x"], box["y"], side, kind)
    elif kind == "filled":
        _fill(page, hand, box["x"], box["y"], side)
    elif kind == "dot":
        _blot(*at, sqrt(random.uniform(0.02, 0.10) * side * side / pi), hand.ink)
    elif kind == "speck":
        for _each in range(random.randint(1, 3)):
            _blot(*at, random.uniform(0.06, 0.16), random.randint(30, 140))
    elif kind in ("fold", "smear"):
        {"fold": _fold, "smear": _smear}[kind](*at)


def _take_back(page, hand, x, y, side, how):
    """By one line, by two, or by a scribble that goes beyond."""
    random = hand.random
    if how == "scribbled out":
        beyond = random.uniform(0.8, 1.8)
        ends = (x + side + beyond, x - beyond)
        hand.stroke(page, [(ends[n % 2], y - 0.3 + n * (side + 0.6) / 9) for n in range(10)], pen=0.7)
        return
    for n in range(2 if how == "struck twice" else 1):
        at = y + side * random.uniform(0.35, 0.65) + 0.7 * n
        left, right, tilt = random.uniform(1.2, 3.0), random.uniform(1.2, 3.0), random.uniform(-0.5, 0.5)
        hand.stroke(page, [(x - left, at - tilt), (x + side + right, at + tilt)])


def _fill(page, hand, x, y, side):
    """Coloured in with care, or in haste: never quite to the edges, and with holes."""
    inset, step = hand.random.uniform(0.3, 0.7), hand.pen * hand.random.uniform(0.7, 1.2)
    rows = int((side - 2 * inset) / step)
    hand.stroke(
        page,
        [
            (x + inset if n % 2 else x + side - inset, y + inset + n * (side - 2 * inset) / rows)
            for n in range(rows + 1)
        ],
    )


def _blot(page, random, x, y, side, radius, ink):
    """Somewhere inside the outline, a little longer than wide."""
    room = side / 2 - 0.5 - radius
    at = [(middle + side / 2 + random.uniform(-room, room)) * PER_MM * 16 for middle in (x, y)]
    long = random.uniform(1.0, 1.15)
    axes = (round(radius * long * PER_MM * 16), round(radius / long * PER_MM * 16))
    centre = (round(at[0]), round(at[1]))
    cv2.ellipse(page, centre, axes, random.uniform(0, 180), 0, 360, ink, -1, cv2.LINE_AA, 4)


def _fold(page, random, x, y, side):
    """The line that a fold leaves, from one edge of the page to the other, through the box."""
    long, tilt = 200, random.uniform(-0.04, 0.04)
    at = random.uniform(0.25, 0.75) * side
    ends = [(x - long, y + at - long * tilt), (x + long, y + at + long * tilt)]
    if random.random() < 0.4:
        ends = [(x + at - long * tilt, y - long), (x + at + long * tilt, y + long)]
    dark = random.randint(110, 215)
    drawn = np.full_like(page, 255)
    Hand(random).stroke(drawn, ends, ink=dark, pen=random.uniform(0.2, 0.6))
    np.minimum(page, drawn, out=page)


def _smear(page, random, x, y, side):
    """A finger, coffee, wet ink: wider than the box or not, and soft at its edges."""
    drawn = np.full(page.shape, 255, np.float32)
    centre = [round((middle + random.uniform(0, side)) * PER_MM) for middle in (x, y)]
    axes = [round(random.uniform(1.5, 6) * PER_MM) for _axis in range(2)]
    cv2.ellipse(
        drawn, centre, axes, random.uniform(0, 180), 0, 360, 255 * random.uniform(0.55, 0.92), -1, cv2.LINE_AA
    )
    drawn = cv2.GaussianBlur(drawn, (0, 0), random.uniform(0.4, 1.2) * PER_MM)
    page[:] = np.minimum(page, drawn).astype(np.uint8)


def taken(page, random):
    """Turned by up to 4°, leant, shaded, out of focus, grainy: and its quality as a JPEG."""
    camera = Camera(
        random,
        turn=random.uniform(-4, 4),
        lean=random.choice((0, 0.03)),
        ground=random.choice((120, 200, 255)),
        shadow=random.uniform(0, 0.35),
        noise=random.uniform(2, 9),
        blur=random.uniform(0, 1.0),
        quality=random.choice((60, 75, 85)),
    )
    return camera.take(page), camera.quality


def verdict_on(told, value):
    """What became of it: asked, ticked, empty; or another, which nobody touched, or several."""
    if told["asks"]:
        return "asked"
    if not told["ticked"]:
        return "empty"
    return "ticked" if told["ticked"] == [value] else "another"
