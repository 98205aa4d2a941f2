"""Forms filled in by hand, then scanned or photographed, as pictures: each from a seed, so that a miss can be seen again."""

import io
import random
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

DPI = 200
PER_MM = DPI / 25.4
TICKS = ("cross", "tick", "scribble", "dot", "slash")


@dataclass
class Hand:
    """Who fills in a page: a pen, and how it ticks."""

    random: random.Random
    pen: float = 0.5  # millimetres
    ink: int = 40  # grey

    def stroke(self, page, points, *, ink=None, pen=None):
        at = np.array([[x * PER_MM * 16, y * PER_MM * 16] for x, y in points], np.int32)
        width = max(round((pen or self.pen) * PER_MM), 1)
        cv2.polylines(page, [at], False, ink or self.ink, width, cv2.LINE_AA, 4)

    def near(self, value, by):
        return value + self.random.uniform(-by, by)

    def tick(self, page, box, side, how):
        """A sign inside a box, as people make them: never quite in the middle, often beyond its edges."""
        x, y = self.near(box["x"], 0.4), self.near(box["y"], 0.4)
        beyond = self.random.uniform(-0.6, 1.0)
        low, high = -beyond, side + beyond
        if how == "cross":
            self.stroke(page, [(x + low, y + low), (x + high, y + high)])
            self.stroke(page, [(x + low, y + high), (x + high, y + low)])
        elif how == "tick":
            self.stroke(
                page, [(x + 0.6, y + side * 0.5), (x + side * 0.45, y + side * 0.85), (x + high, y + low)]
            )
        elif how == "slash":
            self.stroke(page, [(x + low, y + high), (x + high, y + low)])
        elif how == "dot":
            cv2.circle(
                page,
                (round((x + side / 2) * PER_MM), round((y + side / 2) * PER_MM)),
                round(1.3 * PER_MM),  # a smaller one is asked about: see ``uncertain_marks``
                self.ink,
                -1,
                cv2.LINE_AA,
            )
        else:
            points = [
                (
                    x + 0.4 + (side - 0.8) * n / 8,
                    y + (0.7 if n % 2 else side - 0.7) + self.random.uniform(-0.3, 0.3),
                )
                for n in range(9)
            ]
            self.stroke(page, points)

    def write(self, page, region, lines):
        """Waves that look like handwriting, inside the region."""
        for line in range(lines):
            y = region["y"] + 7 + line * 9
            points, x = [], region["x"] + 5
            end = region["x"] + region["width"] * self.random.uniform(0.4, 0.9)
            while x < end:
                points.append((x, y + self.random.uniform(-2.2, 2.2)))
                x += self.random.uniform(0.8, 2.2)
            self.stroke(page, points)


@dataclass
class Camera:
    """How the page is taken. Angles in degrees; ``lean``: how far a corner moves, as a part of the side."""

    random: random.Random
    turn: float = 0.0
    is_upside_down: bool = False
    lean: float = 0.0
    ground: int = 255
    shadow: float = 0.0
    noise: float = 0.0
    blur: float = 0.0
    quality: int = 85
    scale: float = 1.0

    def take(self, page):
        around = round(0.12 * page.shape[0])
        big = cv2.copyMakeBorder(page, around, around, around, around, cv2.BORDER_CONSTANT, value=self.ground)
        high, wide = big.shape
        corners = np.float32([[0, 0], [wide, 0], [wide, high], [0, high]])
        moved = corners + np.float32(
            [
                [
                    self.random.uniform(0, 1) * self.lean * wide * (1 if x == 0 else -1),
                    self.random.uniform(0, 1) * self.lean * high * (1 if y == 0 else -1),
                ]
                for x, y in corners
            ]
        )
        lean = cv2.getPerspectiveTransform(corners, moved)
        turn = np.vstack(
            [
                cv2.getRotationMatrix2D(
                    (wide / 2, high / 2), self.turn + 180 * self.is_upside_down, self.scale
                ),
                [0, 0, 1],
            ]
        )
        taken = cv2.warpPerspective(
            big, turn @ lean, (wide, high), flags=cv2.INTER_AREA, borderValue=self.ground
        )
        return self.develop(taken)

    def develop(self, taken):
        light = taken.astype(np.float32)
        if self.shadow:
            slope = np.linspace(1, 1 - self.shadow, taken.shape[1], dtype=np.float32)
            light *= slope[None, :]
        if self.blur:
            light = cv2.GaussianBlur(light, (0, 0), self.blur)
        if self.noise:
            light += np.random.default_rng(self.random.randrange(2**31)).normal(0, self.noise, light.shape)
        return np.clip(light, 0, 255).astype(np.uint8)


def jpeg(page, quality=85):
    out = io.BytesIO()
    Image.fromarray(page).save(out, "JPEG", quality=quality)
    return out.getvalue()


def png(page):
    out = io.BytesIO()
    Image.fromarray(page).save(out, "PNG")
    return out.getvalue()


def pdf_of(jpegs):
    """A PDF as a scanner writes it: one photograph a page, and nothing else."""
    out, places = io.BytesIO(), []

    def put(body):
        places.append(out.tell())
        out.write(f"{len(places)} 0 obj\n".encode() + body + b"\nendobj\n")

    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    put(b"<< /Type /Catalog /Pages 2 0 R >>")
    kids = b" ".join(f"{3 + 3 * n} 0 R".encode() for n in range(len(jpegs)))
    put(b"<< /Type /Pages /Count " + str(len(jpegs)).encode() + b" /Kids [" + kids + b"] >>")
    for n, each in enumerate(jpegs):
        with Image.open(io.BytesIO(each)) as image:
            wide, high = image.size
        first = 3 + 3 * n
        shows = f"/Contents {first + 1} 0 R /Resources << /XObject << /I {first + 2} 0 R >> >>"
        put(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] {shows} >>".encode())
        drawn = b"595 0 0 842 0 0 cm /I Do"
        put(f"<< /Length {len(drawn)} >>\nstream\n".encode() + drawn + b"\nendstream")
        about = f"/Width {wide} /Height {high} /ColorSpace /DeviceGray /BitsPerComponent 8"
        head = f"<< /Type /XObject /Subtype /Image {about} /Filter /DCTDecode /Length {len(each)} >>"
        put(head.encode() + b"\nstream\n" + each + b"\nendstream")
    at = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    out.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode())
    return out.getvalue()


def fill(page, layout, hand, *, groups=("age", "choice", "body"), writes=True):
    """Tick one box of each group, and the consent; what was ticked, by group."""
    truth = {}
    for group in groups:
        boxes = [box for box in layout["boxes"] if box["group"] == group]
        if not boxes:
            continue
        box = hand.random.choice(boxes)
        hand.tick(page, box, layout["side"], hand.random.choice(TICKS))
        truth[group] = box["value"]
    consent = next(box for box in layout["boxes"] if box["group"] == "consent")
    hand.tick(page, consent, layout["side"], "cross")
    if writes:
        for region in layout["regions"]:
            hand.write(page, region, 5 if region["name"] == "text" else 1)
    return truth
